"""The stages of a framework: the public page of its process, and the moves its committee makes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.locale import language_name
from red_mpe.core.states import DomainError, can_start
from standards.actions import stages
from standards.enums import Stage
from standards.forms import BalanceForm, ReasonForm
from standards.models import Consultation, Framework, GuardWaiver, RoundExtension, StageEvent
from standards.notifications.process import STAGE_MOVED
from standards.querysets.process import entered
from standards.states import BY_HAND, WITH_REASON, resumed
from standards.states.guards.committee import benches, few_women, seats_of
from standards.views.checklists import checklist
from standards.views.forecasting import public_forecast
from standards.views.overwriting import refused
from standards.views.workspace import find_workspace, workspace

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A move as its page words it: the title, what it does, the button, the word afterwards, and the action."""

    title: Words
    lead: Words
    button: Words
    done: Words
    act: Callable[..., Any]
    grave: bool = False


STEPS = {
    "begin-drafting": Step(
        _("Begin drafting"),
        _("The committee begins to write. The terms of reference stay public."),
        _("Begin drafting"),
        _("Drafting has begun."),
        stages.begin_drafting,
    ),
    "draft-again": Step(
        _("Draft again"),
        _("The committee writes the next version from the answers. Late comments on the last round are not taken any more."),
        _("Go back to drafting"),
        _("The framework is being drafted again."),
        stages.draft_again,
    ),
    "final-draft": Step(
        _("Make it the final draft"),
        _("The newest version becomes the final draft. Its text is frozen and never changes."),
        _("Make it the final draft"),
        _("The final draft stands."),
        stages.finish_draft,
    ),
    "resume": Step(
        _("Take the framework up again"),
        _("It goes on where it stood. A round that was on is extended by the days it has lost."),
        _("Take it up again"),
        _("The framework has been taken up again."),
        stages.resume_framework,
    ),
    "suspend": Step(
        _("Suspend the framework"),
        _("It rests where it stands: rounds neither open nor close, and no comments are taken."),
        _("Suspend"),
        _("The framework is suspended."),
        stages.suspend_framework,
        True,
    ),
    "abandon": Step(
        _("Give the framework up"),
        _("It ends here, and a round that is on ends with it. Everything that was written stays readable. This cannot be undone."),
        _("Give it up"),
        _("The framework was given up."),
        stages.abandon_framework,
        True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def work_move(request: MemberRequest, slug: str, move: str) -> HttpResponse:
    """Show what a move needs and whom it tells; make it on POST, or say why not."""
    framework = find_workspace(request.user, slug, "standards.steer")
    if move not in STEPS:
        raise Http404
    step, status = STEPS[move], 200
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if move not in WITH_REASON:
        del form.fields["reason"]
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                step.act(actor=request.user, framework=framework, **form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, str(step.done))
                return see_other(reverse("standards:workspace", args=[slug]))
    return render(request, "standards/process/move.html", _move_page(request, framework, move, form), status=status)


def _move_page(request: MemberRequest, framework: Framework, name: str, form: ReasonForm) -> dict[str, Any]:
    framework.refresh_from_db(fields=["stage", "paused_stage"])
    move = resumed(framework) if name == "resume" else BY_HAND[name]
    return {
        **workspace(request, framework, "workspace"),
        **checklist(framework, move, framework, STAGE_MOVED),
        "step": STEPS[name],
        "form": form,
        "free": can_start(framework, move, "stage"),
        "source": framework.get_stage_display(),
        "target": Stage(move.target).label,
        "back": reverse("standards:workspace", args=[framework.slug]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def work_committee(request: MemberRequest, slug: str) -> HttpResponse:
    """The committee by chamber against the rules, and the public reason where women hold too few seats."""
    framework = find_workspace(request.user, slug, "standards.steer" if request.method == "POST" else "standards.enter_workspace")
    form, refusal = BalanceForm(request.POST if request.method == "POST" else None, framework=framework), {}
    if form.is_valid():
        words = form.cleaned_data
        refusal = refused(form, lambda: stages.explain_balance(actor=request.user, framework=framework, words=words, seen=words["seen"]))
        if not refusal:
            messages.success(request, _("The reason is published on the page of the process."))
            return see_other(reverse("standards:work_committee", args=[slug]))
    context = {**workspace(request, framework, "workspace"), **composition(framework), "form": form}
    context["may_explain"] = request.user.has_perm("standards.steer", framework)
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "standards/process/committee.html", context | refusal, status=status)


def composition(framework: Framework) -> dict[str, Any]:
    """Return the committee by chamber: seats and organisations only, never how many women there are."""
    seats = seats_of(framework)
    return {"benches": benches(framework, seats), "few_women": few_women(framework, seats), "reason": told(framework, "balance_reason")}


@require_safe
@login_not_required
def process(request: Request, slug: str) -> HttpResponse:
    """Everything that somebody from outside needs to check how a framework is made."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user).select_related("rules", "committee"), slug=slug)
    rounds, events = _rounds(request, framework), list(framework.events.select_related("consultation", "version"))
    context = {
        "framework": framework,
        "title": told(framework, "title"),
        "stages": _stages(framework, events),
        "events": events,
        "terms": framework.terms if hasattr(framework, "terms") and framework.terms.published_at else None,
        "rounds": rounds,
        "waivers": [
            (waiver, language_name(waiver.language))
            for waiver in GuardWaiver.objects.filter(consultation__in=rounds).select_related("consultation")
        ],
        "extensions": _extensions(rounds),
        "synopses": [one for one in rounds if one.published_at],
        "numbers": rule_lines(framework),
        "forecast_words": public_forecast(framework),
        "paused": framework.stage in (Stage.SUSPENDED, Stage.ABANDONED),
        **composition(framework),
    }
    return render(request, "standards/process/process.html", context)


def _rounds(request: Request, framework: Framework) -> list[Any]:
    """The rounds that the reader may see, each with `published_at` of its synopsis."""
    rows = Consultation.objects.visible_to(request.user).filter(framework=framework).select_related("version")
    rounds = list(rows.annotate(published_at=F("synopsis__published_at")).order_by("number"))
    for consultation in rounds:
        consultation.framework = framework
    return rounds


def _stages(framework: Framework, events: list[StageEvent]) -> list[dict[str, Any]]:
    """The stages up to the decision, with the day on which the framework last entered each; the first begins when the terms are public."""
    terms = getattr(framework, "terms", None)
    when = {Stage.TERMS_OF_REFERENCE: terms.published_at if terms else None, **entered(events)}
    shown = [stage for stage in Stage if stage in _LINE or stage in when]
    return [{"label": stage.label, "at": when.get(stage), "now": stage == framework.stage} for stage in shown]


_LINE = (
    Stage.TERMS_OF_REFERENCE,
    Stage.DRAFTING,
    Stage.CONSULTATION,
    Stage.RESPONSE,
    Stage.FINAL_DRAFT,
    Stage.CONSENSUS_CALL,
    Stage.ADOPTED,
    Stage.IN_FORCE,
)


def _extensions(rounds: list[Consultation]) -> list[tuple[RoundExtension, str]]:
    """Each extension with the chambers that were heard too little; none where a suspension was made up for."""
    rows = list(RoundExtension.objects.filter(consultation__in=rounds).select_related("consultation"))
    names = {bench.code: bench.name for bench in benches(rounds[0].framework, [])} if rows else {}
    return [(row, ", ".join(names[code] for code in row.missed if code in names)) for row in rows]


def rule_lines(framework: Framework) -> list[tuple[str, Any]]:
    """The rules of the process, each number with its words."""
    out = ("id", "edition", "created_at", "updated_at", "required_languages")
    fields = [field for field in framework.rules._meta.local_fields if field.name not in out]
    found: list[tuple[str, Any]] = [(str(field.verbose_name), getattr(framework.rules, field.name)) for field in fields]
    languages = ", ".join(language_name(language) for language in framework.rules.required_languages)
    return [*found, (str(_("required languages")), languages or "–")]
