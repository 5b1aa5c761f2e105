"""Rounds in the workspace: planned, put on other days, announced after a check-list; they open and close by themselves."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.locale import language_name
from red_mpe.core.states import DomainError, can_start
from standards.actions.overwriting import OverwrittenError
from standards.actions.planning import change_round, plan_whole_round
from standards.actions.rounds import announce_round, waive_language
from standards.enums import RoundState
from standards.forms import RoundForm, WaiverForm
from standards.models import Consultation, Framework
from standards.states import ANNOUNCE_ROUND
from standards.states.guards.rounds import least_days
from standards.views.checklists import checklist
from standards.views.overwriting import overwritten
from standards.views.workspace import find_workspace, workspace

ANNOUNCED = "standards.round_announced"


@require_safe
def work_rounds(request: MemberRequest, slug: str) -> HttpResponse:
    """Every round of the framework, and the way to plan another."""
    framework = find_workspace(request.user, slug)
    rounds = framework.rounds.select_related("version").order_by("-number")
    context = {**workspace(request, framework, "work_rounds"), "rounds": rounds, "may_steer": _may_steer(request, framework)}
    return render(request, "standards/process/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def work_round_plan(request: MemberRequest, slug: str) -> HttpResponse:
    """Plan the next round."""
    framework = find_workspace(request.user, slug, "standards.steer")
    form = RoundForm(request.POST if request.method == "POST" else None, framework=framework)

    def plan() -> Consultation:
        return plan_whole_round(actor=request.user, version=form.cleaned_data["version"], **_facts(form))

    def done(consultation: Consultation) -> HttpResponse:
        messages.success(request, _("Round %(number)s is planned. Nobody has been told yet.") % {"number": consultation.number})
        return see_other(_address(consultation))

    context = {"cancel": reverse("standards:work_rounds", args=[slug]), "has_version": framework.versions.exists()}
    return _answered(request, framework, form, plan, done, "round_plan", context)


@require_http_methods(["GET", "HEAD", "POST"])
def work_round(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """One round: its days, question and targets, to be changed while it is only planned; its waivers and extensions."""
    framework = find_workspace(request.user, slug, "standards.steer" if request.method == "POST" else "standards.enter_workspace")
    consultation = _find(framework, round)
    form = RoundForm(request.POST if request.method == "POST" else None, framework=framework, consultation=consultation)

    def change() -> Consultation:
        return change_round(actor=request.user, consultation=_find(framework, round), seen=form.cleaned_data["seen"], **_facts(form))

    def done(changed: Consultation) -> HttpResponse:
        messages.success(request, _("The round is changed."))
        return see_other(_address(changed))

    free = consultation.state == RoundState.PLANNED and _may_steer(request, framework)
    waiting = consultation.state in (RoundState.PLANNED, RoundState.ANNOUNCED)
    context = {"consultation": consultation, "free": free, "waivable": _waivable(framework, consultation) if waiting else []}
    context |= {"least": least_days(consultation), "may_steer": _may_steer(request, framework), "waivers": _waivers(consultation)}
    context |= {"extensions": consultation.extended.all(), "targets": consultation.targets.select_related("chamber")}
    return _answered(request, framework, form, change, done, "round", context)


@require_http_methods(["GET", "HEAD", "POST"])
def work_round_announce(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Show what must hold before a round is announced, and whom that tells; announce it on POST."""
    framework = find_workspace(request.user, slug, "standards.steer")
    consultation = _find(framework, round)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def done(announced: Consultation) -> HttpResponse:
        messages.success(request, _("The round is announced. It opens and closes by itself."))
        return see_other(_address(announced))

    act = lambda: announce_round(actor=request.user, consultation=_find(framework, round))  # noqa: E731
    context = {**checklist(consultation, ANNOUNCE_ROUND, framework, ANNOUNCED), "consultation": consultation}
    context |= {"free": can_start(consultation, ANNOUNCE_ROUND), "back": _address(consultation)}
    return _answered(request, framework, form, act, done, "announce", context)


@require_http_methods(["GET", "HEAD", "POST"])
def work_round_waive(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Let a round open without a reviewed language, with a public reason."""
    framework = find_workspace(request.user, slug, "standards.steer")
    consultation = _find(framework, round)
    form = WaiverForm(request.POST if request.method == "POST" else None, framework=framework)

    def waive() -> Consultation:
        waive_language(actor=request.user, consultation=consultation, **form.cleaned_data)
        return consultation

    def done(waived: Consultation) -> HttpResponse:
        messages.success(request, _("The language is waived for this round. Everybody can read why."))
        return see_other(_address(waived))

    context = {"consultation": consultation, "cancel": _address(consultation)}
    return _answered(request, framework, form, waive, done, "waive", context)


def _answered(
    request: MemberRequest,
    framework: Framework,
    form: Any,
    act: Callable[[], Consultation],
    done: Callable[[Consultation], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Answer with what was done, or with the form: a refusal stands above it, and every word stays in it."""
    status, both = 200, {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return done(act())
            except OverwrittenError as error:
                both, status = overwritten(form, error), 409
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    page = {**workspace(request, framework, "work_rounds"), "form": form, **context, **both}
    return render(request, f"standards/process/{template}.html", page, status=status)


def _find(framework: Framework, number: int) -> Consultation:
    rows = Consultation.objects.filter(framework=framework).select_related("version")
    consultation: Consultation = get_object_or_404(rows, number=number)
    consultation.framework = consultation.version.framework = framework
    return consultation


def _facts(form: RoundForm) -> dict[str, Any]:
    data = form.cleaned_data
    people = {"targets": form.numbers("target"), "minimums": form.numbers("minimum")}
    return {"opens_on": data["opens_on"], "closes_on": data["closes_on"], "question": form.question, **people}


def _address(consultation: Consultation) -> str:
    return reverse("standards:work_round", args=[consultation.framework.slug, consultation.number])


def _may_steer(request: MemberRequest, framework: Framework) -> bool:
    return request.user.has_perm("standards.steer", framework)


def _waivers(consultation: Consultation) -> list[tuple[str, Any]]:
    return [(language_name(waiver.language), waiver) for waiver in consultation.waivers.all()]


def _waivable(framework: Framework, consultation: Consultation) -> list[str]:
    waived = set(consultation.waivers.values_list("language", flat=True))
    return [language_name(language) for language in framework.rules.required_languages if language not in waived]
