"""What is done with several comments of the queue at once: one form, one act, each comment for itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from members.models import User
from red_mpe.core.http import MemberRequest, number_of, safe_next, see_other
from red_mpe.core.states import DomainError
from standards.actions import answers as acts
from standards.models import Answer, AnswerGroup, Comment, Framework
from standards.querysets import queue
from standards.views.answers import require_work
from standards.views.workspace import find_workspace

MOST = 200  # comments in one act


@require_POST
def answers_act(request: MemberRequest, slug: str) -> HttpResponse:
    """Assign, group, fold, validate or publish what was ticked, and say what was done and what was not."""
    framework = find_workspace(request.user, slug)
    act, _colon, what = request.POST.get("act", "").partition(":")
    require_work(request, framework, act)
    back = safe_next(request, reverse("standards:answer_queue", args=[slug]))
    picked = _picked(request, framework)
    if act not in ACTS or not picked:
        messages.error(request, _("Tick at least one comment, and choose what to do."))
        return see_other(back)
    try:
        tell(request, ACTS[act](request, framework, picked, what))
    except DomainError as error:
        messages.error(request, str(error))
    return see_other(back)


def _picked(request: MemberRequest, framework: Framework) -> dict[Comment, int]:
    """Return the ticked comments of this framework, each with the revision of its answer that was on the page."""
    marks = dict(mark.partition("@")[::2] for mark in request.POST.getlist("pick")[:MOST])
    rows = (
        Comment.objects.for_detail().coded(marks).filter(consultation__framework=framework, parent=None).order_by("consultation", "serial")
    )
    return {row: -1 if (revision := number_of(marks[row.code])) is None else revision for row in rows}


def tell(request: MemberRequest, outcome: acts.Outcome) -> None:
    """Say how many were done, and which were not and why."""
    if done := len(outcome.done):
        messages.success(request, ngettext("%(done)s comment: done.", "%(done)s comments: done.", done) % {"done": done})
    reasons: dict[str, list[str]] = {}
    for code, words in outcome.refused.items():
        reasons.setdefault(words, []).append(code)
    for words, codes in reasons.items():
        messages.error(request, f"{', '.join(codes)}: {words}")


def _assign(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    assignee = queue.writers_of(framework).filter(pk=number_of(what)).first()
    to: User | None = request.user if what == "me" else assignee
    if to is None:
        raise DomainError(_("Choose to whom."))
    return acts.each(picked, lambda comment: acts.assign_answer(actor=request.user, comment=comment, assignee=to))


def _group(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    group = AnswerGroup.objects.filter(pk=number_of(what), consultation__framework=framework).first()
    place = group.consultation if group else next(iter(picked)).consultation
    title = request.POST.get("title", "")
    return acts.group_comments(actor=request.user, consultation=place, comments=picked, title=title, group=group)[1]


def _ungroup(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    return acts.each(picked, lambda comment: acts.ungroup_comment(actor=request.user, comment=comment))


def _fold(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    """Into the one named, or else into the oldest of those ticked."""
    lead = Comment.objects.for_detail().coded([what]).filter(consultation__framework=framework, parent=None).first()
    first: Any = lead or next(iter(picked))
    return acts.fold_comments(actor=request.user, lead=first, comments=[comment for comment in picked if comment != first])


def _unfold(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    return acts.each(picked, lambda comment: acts.unfold_comment(actor=request.user, comment=comment))


def _answer_of(comment: Comment) -> Answer:
    answer: Answer | None = Answer.objects.for_work().filter(comment=comment).first()
    if answer is None:
        raise DomainError(_("Nobody has written an answer yet."))
    return answer


def _validate(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    return acts.each(picked, lambda comment: acts.validate_answer(actor=request.user, answer=_answer_of(comment), revision=picked[comment]))


def _publish(request: MemberRequest, framework: Framework, picked: dict[Comment, int], what: str) -> acts.Outcome:
    return acts.each(picked, lambda comment: acts.publish_answer(actor=request.user, answer=_answer_of(comment)))


ACTS: dict[str, Callable[[MemberRequest, Framework, dict[Comment, int], str], acts.Outcome]] = {
    "assign": _assign,
    "group": _group,
    "ungroup": _ungroup,
    "fold": _fold,
    "unfold": _unfold,
    "validate": _validate,
    "publish": _publish,
}
