"""The evaluation of an event: its form for who was there, its results for who sees the event, its preparation for who runs it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import evaluating as acts
from events.forms.after import EvaluationForm
from events.models import EvaluationMark, Event
from events.querysets.evaluations import evaluation_questions
from events.querysets.evaluations import evaluation_results as read_results
from events.rules import EVALUATED, is_being_evaluated
from events.views.details import find_event, find_run
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, attempt, done, see_other
from red_mpe.core.permissions import may_personally, require_personally


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: MemberRequest, slug: str) -> HttpResponse:
    """The questions for who was there; answered once, afterwards thanks."""
    event = _attended(request, slug)
    questions = evaluation_questions(event)
    form, status = EvaluationForm(request.POST if request.method == "POST" else None, questions=questions), 200
    if request.method == "POST":
        status = attempt(form, lambda: acts.evaluate(event=event, actor=request.user, answers=form.answers))
        if status == 303:
            return see_other(reverse("events:evaluation", args=[slug]))
    context = {"event": event, "title": told(event, "title"), "form": form, "questions": questions, "until": event.ends_at + EVALUATED}
    thanked = status == 200 and EvaluationMark.objects.filter(event=event, user=request.user).exists()
    return render(request, "events/after/evaluation.html", context | {"thanked": thanked}, status=status)


def _attended(request: MemberRequest, slug: str) -> Event:
    """Return the event for who was there and may evaluate it now: not everybody who was there sees it still."""
    event = Event.objects.for_detail().filter(slug=slug).first()
    if event is None or not may_personally(request.user, "events.evaluate", event):
        event = find_event(request.user, slug)
        require_personally(request.user, "events.evaluate", event)
    return event


@require_safe
@login_not_required
def evaluation_results(request: Request, slug: str) -> HttpResponse:
    """What was thought of an event, once nobody answers any more; for who runs it also how many have answered, and the words."""
    event = find_event(request.user, slug)
    runs = request.user.has_perm("events.run_event", event)
    can_read = acts.is_open(event)
    context: dict[str, Any] = {
        "event": event,
        "title": told(event, "title"),
        "runs": runs,
        "can_read": can_read,
        "results": read_results(event, words=runs) if can_read else [],
        "answered": event.evaluations.count(),
        "running": is_being_evaluated(request.user, event),
        "questions": [told(question, "label") for question in evaluation_questions(event)] if runs else [],
        "until": event.ends_at + EVALUATED,
    }
    return render(request, "events/after/results.html", context)


@require_POST
def evaluation_suggest(request: MemberRequest, slug: str) -> HttpResponse:
    """Write the usual questions."""
    event = find_run(request, slug)
    return done(
        request,
        lambda: acts.suggest_questions(event=event, actor=request.user),
        _("The usual questions are written, in three languages."),
        reverse("events:evaluation_results", args=[slug]),
    )


@require_POST
def evaluation_close(request: MemberRequest, slug: str) -> HttpResponse:
    """End the time of an evaluation and lay its results open."""
    event = find_run(request, slug)
    return done(
        request,
        lambda: acts.close_evaluation(event=event, actor=request.user),
        _("The evaluation is closed: its results can be read."),
        reverse("events:evaluation_results", args=[slug]),
    )
