"""Writing comments and replies, supporting, withdrawing, becoming less visible."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from red_mpe.core.http import MemberRequest, Request, render_part, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.listing import page_of
from red_mpe.core.permissions import may_personally
from red_mpe.core.states import DomainError
from red_mpe.core.text import markdown, redline
from standards.actions import comments as acts
from standards.actions.answers import last_day_to_object, may_object
from standards.actions.identities import own_persona, own_personas, shown_of
from standards.enums import CommentState
from standards.forms import CommentForm, IdentityForm, ReplyForm, SpeakingForm
from standards.models import Answer, Comment, Letter
from standards.querysets import byline
from standards.querysets.answers import AnswerRow, add_changes, public_answers
from standards.querysets.comments import signers
from standards.views.clauses import thread_context
from standards.views.finding import Place, find_comment, find_place, place_of

PREVIEWS_AN_HOUR = 900


@require_http_methods(["GET", "HEAD", "POST"])
def clause_comment(request: MemberRequest, slug: str, number: str, label: str) -> HttpResponse:
    """Compose a comment on a clause, see it before sending, send it."""
    place = find_place(request.user, slug, number, label)
    if request.user.member is None:
        return render(request, "standards/members_only.html", {"place": place}, status=403)
    stop = _closed(place)
    if stop and request.method != "POST":
        return render(request, "standards/round_closed.html", {"place": place, "stop": stop}, status=409)
    words = acts.current_words(place.text, request.user.language) if place.text else ""
    form = CommentForm(request.POST or None, user=request.user, initial={"proposed": words})

    def send() -> Comment:
        if stop or place.consultation is None:  # it closed while they wrote
            raise DomainError(stop)
        return acts.send_comment(actor=request.user, consultation=place.consultation, clause_text=place.text, draft=form.draft())

    return _composed(request, place, form, send, clause_words=words, clause_lang=acts.language_of_words(place.text, request.user.language))


def _closed(place: Place) -> str:
    """Why nothing can be said here, in words; empty where something can."""
    if place.consultation is None:
        return _("This version is not under consultation: its text is there to be read.")
    try:
        acts.refuse_unless_listening(place.consultation, place.text)
    except DomainError as error:
        return str(error)
    return ""


def _composed(request: MemberRequest, place: Place, form: SpeakingForm, send: Callable[[], Comment], **more: Any) -> HttpResponse:
    """Answer with the sent comment, or with the form: what refuses the words is told beside them, and all of them stay."""
    status = 200
    if request.method == "POST" and not _wants_preview(request):
        status = 422
        if form.is_valid():
            try:
                refuse_too_many(request, "comment", 60, 3600)
                return _sent(request, send())
            except acts.AlreadySentError as error:
                form.renew(str(error))
                status = 409
            except (DomainError, TooMany) as error:
                form.add_error(None, str(error))
                status = 429 if isinstance(error, TooMany) else 409
    context = {"place": place, "form": form, "preview": _preview(request, place, form), "draft_key": _draft_key(request), **more}
    return render_part(request, "standards/comment_form.html", context, "preview", status=status)


def _draft_key(request: MemberRequest) -> str:
    """The name under which this device keeps the draft: its place and a mark of the reader, because phones are shared."""
    return f"{salted_hmac('draft', str(request.user.pk)).hexdigest()[:12]}:{request.resolver_match.kwargs}"  # type: ignore[union-attr]


def _sent(request: MemberRequest, comment: Comment) -> HttpResponse:
    words = _("Your comment %(code)s has been sent.") if comment.parent_id is None else _("Your reply %(code)s has been sent.")
    request.session["draft_done"] = _draft_key(request)
    late = " " + _("It came after the closing and is marked late.") if comment.late else ""
    messages.success(request, words % {"code": comment.code} + late)
    return see_other(reverse("standards:comment_detail", args=[comment.code]))


def _wants_preview(request: Request) -> bool:
    return "preview" in request.POST


def _preview(request: MemberRequest, place: Place, form: SpeakingForm) -> dict[str, Any] | None:
    """Return how the words would look, also while the form is not complete yet; nothing is stored."""
    if not (form.is_bound and _wants_preview(request)):
        return None
    refuse_too_many(request, "preview", PREVIEWS_AN_HOUR, 3600)  # comparing long words is work
    form.is_valid()
    data = form.cleaned_data
    before = acts.current_words(place.text, data.get("language", "es")) if place.text else ""
    proposed = data.get("proposed", "")
    problems = [error.message for errors in form.errors.as_data().values() for error in errors if error.code == "too_long"]
    form.errors.clear()
    return {
        "problems": problems,
        "body": markdown(data.get("body", "")),
        "redline": redline(before, proposed) if proposed and before.split() != proposed.split() else "",
        "byline": _byline(request, data, form),
        "language": data.get("language", "es"),
    }


def _byline(request: MemberRequest, data: dict[str, Any], form: SpeakingForm) -> str:
    voice, shown_as = form.voices.get(data.get("voice", "")), data.get("shown_as", "organisation")
    shown = shown_of(request.user.member, voice, shown_as)
    fields = {name: getattr(shown, name) for name in shown.__dataclass_fields__}
    if shown_as == "pseudonym":
        return _("Participant with a pseudonym")
    return byline(Comment(shown_as=shown_as, **fields))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: MemberRequest, code: str) -> HttpResponse:
    """Answer a comment."""
    parent = find_comment(request.user, code)
    place = place_of(parent)
    stop = _no_reply(request, parent, place)
    if stop and (request.method != "POST" or request.user.member is None):
        return render(request, "standards/round_closed.html", {"place": place, "stop": stop}, status=403)
    form = ReplyForm(request.POST or None, user=request.user)

    def send() -> Comment:
        if stop:  # it was withdrawn or closed while they wrote
            raise DomainError(stop)
        return acts.reply_to_comment(actor=request.user, parent=parent, draft=form.draft())

    row = Comment.objects.filter(pk=parent.pk).threads(None)[0]
    return _composed(request, place, form, send, parent=row)


def _no_reply(request: MemberRequest, parent: Comment, place: Place) -> str:
    """Why this comment takes no reply from this reader, in words; empty where it does."""
    if request.user.member is None:
        return _("Replies are for members of the network. You can apply to join.")
    if stop := _closed(place):
        return stop
    may = may_personally(request.user, "standards.reply_comment", parent)
    return "" if may else _("This comment was withdrawn or hidden: it takes no replies.")


@require_safe
@login_not_required
def comment_detail(request: Request, code: str) -> HttpResponse:
    """One comment in its thread, at its citable address."""
    comment = find_comment(request.user, code)
    place = place_of(comment)
    persona = own_persona(request.user, comment.consultation)
    root = comment.root_id or comment.pk
    family = Comment.objects.visible_to(request.user).filter(consultation=comment.consultation)
    rows = (family.filter(pk=root) | family.filter(root=root)).threads(persona)
    mine = bool(persona and persona.pk == comment.persona_id)
    context = thread_context(request, place) | {
        "comment": comment,
        "threads": rows,
        "mine": mine,
        "draft_done": request.session.pop("draft_done", ""),
        **_became(request, comment, rows[0].answer, mine),
    }
    return render(request, "standards/comment_detail.html", context)


def _became(request: Request, comment: Comment, row: AnswerRow | None, mine: bool) -> dict[str, Any]:
    """What became of the comment that begins the thread: words before and after, who else signed, until when its author may object."""
    if row is None:
        return {}
    row.changes.clear()
    add_changes([row], request.user, words=True)
    root = comment.root or comment
    answer = Answer.objects.for_work().get(pk=row.pk) if mine and root == comment else None
    last = last_day_to_object(answer) if answer and may_object(answer) else None
    return {"answer": row, "signers": signers(root), "object_until": last}


@require_POST
def comment_support(request: MemberRequest, code: str) -> HttpResponse:
    """Support a comment or take one's support back."""
    comment = find_comment(request.user, code)
    refuse_too_many(request, "support", 300, 3600)
    try:
        acts.toggle_support(actor=request.user, comment=comment)
    except DomainError as error:
        messages.error(request, str(error))
    if not request.htmx:
        return see_other(reverse("standards:comment_detail", args=[code]))
    row = Comment.objects.filter(pk=comment.pk).threads(own_persona(request.user, comment.consultation))[0]
    return render(request, "standards/_support.html", {"comment": row, "may_speak": True})


@require_http_methods(["GET", "HEAD", "POST"])
def comment_withdraw(request: MemberRequest, code: str) -> HttpResponse:
    """Ask, then withdraw one's comment."""
    comment = find_comment(request.user, code)
    if not may_personally(request.user, "standards.withdraw_comment", comment):
        raise PermissionDenied
    if request.method == "POST":
        done = _("Your comment %(code)s is withdrawn. A marker stays in its place.") % {"code": code}
        return _changed(request, comment, done, partial(acts.withdraw_comment, actor=request.user, comment=comment))
    return render(request, "standards/comment_withdraw.html", {"comment": comment, "place": place_of(comment)})


@require_http_methods(["GET", "HEAD", "POST"])
def comment_identity(request: MemberRequest, code: str) -> HttpResponse:
    """Move to a less public way of being shown."""
    comment = find_comment(request.user, code)
    if not may_personally(request.user, "standards.hide_identity", comment):
        raise PermissionDenied
    form = IdentityForm(request.POST or None, present=comment.shown_as)
    if request.method == "POST" and form.is_valid():
        done = _("From now on you are shown as you chose. What was shown before is wiped here; copies elsewhere are not.")
        change = partial(acts.hide_identity, actor=request.user, comment=comment, shown_as=form.cleaned_data["shown_as"])
        return _changed(request, comment, done, change)
    return render(request, "standards/comment_identity.html", {"comment": comment, "form": form, "place": place_of(comment)})


def _changed(request: MemberRequest, comment: Comment, done: str, change: Callable[[], Any]) -> HttpResponse:
    """Change one's comment and lead back to it, with word of what was done or of who was faster."""
    try:
        change()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return see_other(reverse("standards:comment_detail", args=[comment.code]))


@require_safe
def my_comments(request: MemberRequest) -> HttpResponse:
    """Everything one has said, in every round, however it is shown, and what became of it."""
    personas = own_personas(request.user)
    rows = Comment.objects.filter(persona__in=personas).for_detail().select_related("answer").order_by("-sent_at", "-pk")
    page = page_of(request, rows)
    answers = public_answers([comment.pk for comment in page if comment.state == CommentState.SENT], request.user)
    comments = [(comment, byline(comment), answers.get(comment.pk), _until(comment)) for comment in page]
    return render(request, "standards/my_comments.html", {"page": page, "comments": comments, "letters": _letters(personas)})


def _letters(personas: Any) -> list[tuple[int, str, str]]:
    """The letters one has about rounds that were reported: the round, its framework and where the letter is read."""
    rows = Letter.objects.filter(persona__in=personas).select_related("synopsis__consultation__framework").order_by("-at", "-pk")
    rounds = [row.synopsis.consultation for row in rows]
    return [(one.number, one.framework.title, reverse("standards:letter", args=[one.framework.slug, one.number])) for one in rounds]


def _until(comment: Comment) -> date | None:
    """Till when its author may object to the answer; None where there is none, or the time is over."""
    answer = getattr(comment, "answer", None)
    return last_day_to_object(answer) if answer and may_object(answer) else None
