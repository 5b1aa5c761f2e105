"""The queue of answers and the page of one answer, for the committee."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from red_mpe.core.http import MemberRequest, number_of, see_other
from red_mpe.core.listing import CountedPaginator
from red_mpe.core.models import AuditEntry
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import markdown
from standards.actions import answers as acts
from standards.enums import ACCEPTING, AnswerState, CommentState
from standards.filters import QueueFilter
from standards.forms.answers import LinkForm, NoteForm, WordsForm
from standards.models import Answer, AnswerTemplate, Comment, Framework
from standards.querysets import queue
from standards.querysets.answers import kind_of, public_answers
from standards.views.clauses import clause_words
from standards.views.finding import place_of
from standards.views.pieces import kept_piece
from standards.views.workspace import find_workspace, workspace

PAGE = 30
WRITABLE = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED)
MOVES = {
    "standards.answer_assigned": gettext_lazy("assigned"),
    "standards.answer_taken": gettext_lazy("taken on"),
    "standards.answer_written": gettext_lazy("written"),
    "standards.answer_noted": gettext_lazy("note added"),
    "standards.answer_linked": gettext_lazy("linked to a change"),
    "standards.answer_validated": gettext_lazy("validated"),
    "standards.answer_published": gettext_lazy("published"),
    "standards.answer_objected": gettext_lazy("its author objects"),
    "standards.answer_again": gettext_lazy("answered again"),
    "standards.answer_closed": gettext_lazy("closed"),
    "standards.answer_withdrawn": gettext_lazy("its author has withdrawn the comment"),
    "standards.comment_folded": gettext_lazy("folded into another comment"),
    "standards.comment_unfolded": gettext_lazy("waits for an answer of its own again"),
    "standards.comment_grouped": gettext_lazy("put into a group"),
}


@require_safe
def answer_queue(request: MemberRequest, slug: str) -> HttpResponse:
    """Every comment that begins a thread, and where its answer stands."""
    framework = find_workspace(request.user, slug)
    chosen = QueueFilter(request.GET, framework=framework, reader=request.user)
    counts = queue.counts_of(chosen.narrowed)
    page = CountedPaginator(chosen.listed(), PAGE, counts[chosen.state]).get_page(request.GET.get("page"))
    rows, query = queue.rows(page.object_list, framework), request.GET.urlencode()
    may = _may(request, framework)
    context = workspace(request, framework, "answer_queue") | {
        "filter": chosen,
        "narrowing": len(chosen.chosen),
        "tabs": _tabs(request, chosen, counts),
        "page": page,
        "fields": _fields(chosen),
        "rows": kept_piece("standards/answers/_rows.html", (rows, query), {"rows": rows, "query": query}) if rows else "",
        "may": may,
        "acts": kept_piece("standards/answers/_acts.html", acts, {"acts": acts}) if (acts := _acts(chosen, may)) else "",
    }
    return render(request, "standards/answers/queue.html", context)


def _fields(chosen: QueueFilter) -> Any:
    """The filters with what is chosen in them, kept until they offer something else; empty where what was asked does not exist."""
    made_of = (chosen.offers, chosen.chosen)
    return kept_piece("standards/answers/_fields.html", made_of, lambda: {"form": chosen.form}) if chosen.understood else ""


def _tabs(request: MemberRequest, chosen: QueueFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
    names = {"": _("waiting"), **{str(value): label for value, label in AnswerState.choices}, "folded": _("near-duplicates")}
    tabs = []
    for state, label in names.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = state
        shown = state in ("", chosen.state) or counts[state]
        if shown:
            tabs.append({"url": f"?{query.urlencode()}", "label": label, "count": counts[state], "current": state == chosen.state})
    return tabs


def _acts(chosen: QueueFilter, may: dict[str, bool]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What can be done with several at once, in groups: value and words of each choice."""
    found: list[tuple[str, list[tuple[str, Any]]]] = []
    if may["write"]:
        people = [(f"assign:{one.pk}", queue.name_of(one)) for one in chosen.writers]
        found.append((_("Assign"), [("assign:me", _("to me")), *people]))
        known = [(f"group:{group.pk}", group.title) for group in chosen.groups]
        found.append((_("Group"), [("group:new", _("new group, titled:")), *known, ("ungroup", _("take out of the group"))]))
        fold = [("fold", _("fold into the oldest one")), ("unfold", _("unfold"))]
        found.append((_("Near-duplicates"), fold))
    more = [(name, words) for name, words in (("validate", _("validate")), ("publish", _("publish"))) if may[name]]
    return [*found, (_("Answers"), more)] if more else found


def _may(request: MemberRequest, thing: Any) -> dict[str, bool]:
    return {name: request.user.has_perm(f"standards.{name}_answer", thing) for name in ("write", "validate", "publish")}


def find_answer(request: MemberRequest, slug: str, code: str, permission: str = "standards.write_answer") -> tuple[Framework, Answer]:
    """Return framework and answer for who may work on it; a comment that nobody has touched has an answer that is not stored yet."""
    framework = find_workspace(request.user, slug, permission)
    comments = Comment.objects.visible_to(request.user).for_detail().filter(consultation__framework=framework, parent=None)
    comment = get_object_or_404(comments, code=code)
    answer = Answer.objects.for_work().filter(comment=comment).first() or Answer(comment=comment)
    answer.comment = comment
    return framework, answer


@require_http_methods(["GET", "HEAD", "POST"])
def answer_write(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """A comment with everything that is known of it, and its answer."""
    permission = "standards.write_answer" if request.method == "POST" else "standards.enter_workspace"
    framework, answer = find_answer(request, slug, code, permission)
    version = answer.comment.consultation.version_id
    form = WordsForm(request.POST or None, initial=WordsForm.initial_of(answer), framework=framework, since=version)
    status, present = 200, None
    if request.method == "POST" and not _inserted(request, form, framework):
        status = 422
        if form.is_valid():
            try:
                return _saved(request, framework, answer, form)
            except acts.OverwrittenError as error:
                status, present = 409, error.present
                form.data = {**request.POST.dict(), "revision": present.revision}
                form.add_error(None, str(error))
            except DomainError as error:
                status = 409
                form.add_error(None, str(error))
    return render(request, "standards/answers/write.html", _writing(request, framework, answer, form, present), status=status)


def _inserted(request: MemberRequest, form: WordsForm, framework: Framework) -> bool:
    """Put a template's words into the form where that was asked; nothing is saved."""
    wanted = request.POST.get("insert", "")
    template = AnswerTemplate.objects.for_framework(framework).filter(pk=number_of(wanted)).first()
    if template is not None:
        form.insert(template)
        form.errors.clear()
    return template is not None


def _saved(request: MemberRequest, framework: Framework, answer: Answer, form: WordsForm) -> HttpResponse:
    number = number_of(form.cleaned_data["revision"])
    acts.write_answer(actor=request.user, comment=answer.comment, words=form.words(), revision=-1 if number is None else number)
    messages.success(request, _("The answer to %(code)s is saved. A second person validates it.") % {"code": answer.comment.code})
    code = answer.comment.code
    if "next" in request.POST:
        code = _next_of(request, framework, answer.comment)
        if not code:
            return see_other(reverse("standards:answer_queue", args=[framework.slug]) + _tail(request))
    return see_other(reverse("standards:answer_write", args=[framework.slug, code]) + _tail(request))


def _tail(request: MemberRequest) -> str:
    """The filters of the queue, which stay while one works through it."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _next_of(request: MemberRequest, framework: Framework, comment: Comment) -> str:
    """The next comment of the queue, under its filters, that still waits for words; after the last one the first."""
    chosen = QueueFilter(request.GET, framework=framework, reader=request.user)
    waiting = chosen.listed().filter(answer_state__in=[AnswerState.NEW, AnswerState.ASSIGNED]).exclude(pk=comment.pk)
    day = timezone.localdate(comment.sent_at, chosen.clock)
    later = Q(day__gt=day) | Q(day=day, code__gt=comment.code)
    after = waiting.filter(later, consultation=comment.consultation_id)
    return after.values_list("code", flat=True).first() or waiting.values_list("code", flat=True).first() or ""


def _writing(request: MemberRequest, framework: Framework, answer: Answer, form: WordsForm, present: Answer | None) -> dict[str, Any]:
    comment = answer.comment
    threads = Comment.objects.visible_to(request.user).filter(consultation=comment.consultation)
    place = place_of(comment)
    open_now = answer.state in WRITABLE and not answer.folded and comment.state == CommentState.SENT
    context = workspace(request, framework, "answer_queue") | {
        "comment": comment,
        "answer": answer,
        "kind": kind_of(answer.disposition) if answer.disposition else "",
        "place": place,
        "text": place.text,
        "threads": (threads.filter(pk=comment.pk) | threads.filter(root=comment.pk)).threads(None),
        "form": form,
        "present": present,
        "open_now": open_now,
        "may": _may(request, comment),
        "query": _tail(request),
        "templates": AnswerTemplate.objects.for_framework(framework) if open_now else [],
        "writers": queue.writers_of(framework) if open_now else [],
        **_around(request, answer, open_now),
    }
    return context | (clause_words(place, get_language() or settings.LANGUAGE_CODE) if place.text else {})


def _around(request: MemberRequest, answer: Answer, open_now: bool) -> dict[str, Any]:
    """What stands beside the form: near-duplicates, notes, history, and what it has changed."""
    comment, linkable = answer.comment, acts_on_text(answer)
    kind = ContentType.objects.get_for_model(Answer)
    history = AuditEntry.objects.filter(target_type=kind, target_id=answer.pk).select_related("actor__person").order_by("pk")
    links = {"framework": comment.consultation.framework, "since": comment.consultation.version_id}
    return {
        "alike": _named(queue.much_alike(comment)) if open_now else [],
        "folded": _named(queue.folded_into(comment)),
        "notes": answer.notes.select_related("author__person") if answer.pk else [],
        "history": [(MOVES.get(row.verb, row.verb), queue.name_of(row.actor) if row.actor else "", row.at) for row in history],
        "changes": getattr(public_answers([comment.pk], request.user).get(comment.pk), "changes", []),
        "link_form": LinkForm(initial=WordsForm.initial_of(answer), prefix="link", **links) if linkable else None,
        "own_hand": acts.hand_of(answer) == request.user.pk,
        "note_form": NoteForm(),
    }


def acts_on_text(answer: Answer) -> bool:
    """Tell whether an answer that is no longer a draft may still be linked to a change."""
    objection = getattr(answer, "objection", None)
    return answer.state not in WRITABLE and ((objection and objection.disposition) or answer.disposition) in ACCEPTING


def _named(comments: Any) -> list[tuple[Any, Any]]:
    """Comments with their words and whether they are alike."""
    return [(comment, markdown(comment.body)) for comment in comments]


@require_POST
def answer_note(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Leave an internal note."""
    return _moved(request, slug, code, lambda answer, words: acts.add_note(actor=request.user, comment=answer.comment, body=words))


@require_POST
def answer_return(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Give an answer back with a note."""
    return _moved(request, slug, code, lambda answer, words: acts.return_answer(actor=request.user, answer=answer, note=words))


def _moved(request: MemberRequest, slug: str, code: str, act: Callable[[Answer, str], Any]) -> HttpResponse:
    """Do something with words on one answer; refused, the words come back with the page."""
    framework, answer = find_answer(request, slug, code)
    words = request.POST.get("body", "")
    try:
        act(answer, words)
    except DomainError as error:
        form = WordsForm(initial=WordsForm.initial_of(answer), framework=framework, since=answer.comment.consultation.version_id)
        context = _writing(request, framework, answer, form, None) | {"refusal": str(error), "note_form": NoteForm(initial={"body": words})}
        return render(request, "standards/answers/write.html", context, status=409)
    messages.success(request, _("Done."))
    return see_other(reverse("standards:answer_write", args=[slug, code]) + _tail(request))


@require_POST
def answer_link(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Link an accepted comment to the clauses it changed."""
    framework, answer = find_answer(request, slug, code)
    since = answer.comment.consultation.version_id
    form = LinkForm(request.POST, prefix="link", framework=framework, since=since)
    if form.is_valid() and answer.pk:
        try:
            acts.link_change(actor=request.user, answer=answer, links=form.cleaned_data["links"])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change stands beside the comment now."))
            return see_other(reverse("standards:answer_write", args=[slug, code]) + _tail(request))
    empty = WordsForm(initial=WordsForm.initial_of(answer), framework=framework, since=since)
    context = _writing(request, framework, answer, empty, None) | {"link_form": form}
    return render(request, "standards/answers/write.html", context, status=422)


def require_work(request: MemberRequest, framework: Framework, act: str) -> None:
    """Ask for the permission of one of the acts of the queue."""
    names = {"validate": "standards.validate_answer", "publish": "standards.publish_answer"}
    require(request.user, names.get(act, "standards.write_answer"), framework)
