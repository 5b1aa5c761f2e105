"""What is asked with the registration and in the evaluation, for who organises an event."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import questions as acts
from events.enums import AskedAt
from events.forms.organising import QuestionForm
from events.models import Event, Question
from events.querysets.organising import asked_of
from events.views.details import find_run
from events.views.organising.frame import framed
from members.models.texts import told
from red_mpe.core.http import MemberRequest, attempt, number_of, see_other
from red_mpe.core.states import DomainError


def _back(event: Event) -> HttpResponse:
    return see_other(reverse("events:desk_questions", args=[event.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def desk_questions(request: MemberRequest, slug: str) -> HttpResponse:
    """The questions of an event in their order; a form asks one more."""
    event, status = find_run(request, slug), 200
    form = QuestionForm(request.POST if request.method == "POST" else None)

    def add() -> Any:
        return acts.add_question(event=event, actor=request.user, **form.facts)

    if request.method == "POST" and (status := attempt(form, add)) == 303:
        messages.success(request, _("The question is asked from now on."))
        return _back(event)
    asked = asked_of(event)
    sections = [{"label": AskedAt(kind).label, "rows": asked[kind]} for kind in AskedAt]
    context = framed(event, "questions", form=form, sections=sections)
    return render(request, "events/organising/questions.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_question(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask a question in other words."""
    event, status = find_run(request, slug), 200
    question = get_object_or_404(Question.objects.select_related("event"), event=event, pk=pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, question=question)

    def change() -> Any:
        return acts.change_question(question=question, actor=request.user, **form.facts)

    if request.method == "POST" and (status := attempt(form, change)) == 303:
        messages.success(request, _("The question is changed."))
        return _back(event)
    context = framed(event, "questions", form=form, question=question, answers=acts.count_answers(question))
    return render(request, "events/organising/question.html", context, status=status)


@require_POST
def desk_question_shift(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let a question change places with its neighbour."""
    event = find_run(request, slug)
    question = get_object_or_404(Question.objects.select_related("event"), event=event, pk=pk)
    acts.shift_question(question=question, actor=request.user, up=request.POST.get("to") != "down")
    return _back(event)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_question_remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say what goes with a question, and remove it."""
    event, status = find_run(request, slug), 200
    question = get_object_or_404(Question.objects.select_related("event"), event=event, pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            acts.remove_question(question=question, actor=request.user, answers=number_of(request.POST.get("answers", "")) or 0)
        except DomainError as error:
            status, refusal = 409, str(error)
        else:
            messages.success(request, _("The question is removed."))
            return _back(event)
    words = {"label": told(question, "label"), "answers": acts.count_answers(question), "refusal": refusal}
    return render(request, "events/organising/question_remove.html", framed(event, "questions", question=question, **words), status=status)
