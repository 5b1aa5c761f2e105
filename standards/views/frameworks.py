"""The list of frameworks, and a framework's text to read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models.texts import told
from red_mpe.core.http import Request
from red_mpe.core.locale import COLUMN
from red_mpe.core.packed import holding
from red_mpe.core.text import markdown
from red_mpe.notifications.models import Subscription
from standards.actions.identities import own_contributions
from standards.enums import GENERAL, RoundState, Stage
from standards.models import ClauseText, Consultation, Framework, Version
from standards.querysets.rounds import participation
from standards.states import LISTENING
from standards.views.finding import find_version, latest_version, round_of
from standards.views.forecasting import public_forecast
from standards.views.reading import read_clauses

TAKES_COMMENTS = (RoundState.OPEN, RoundState.CLOSED)
_LINE = (
    (Stage.TERMS_OF_REFERENCE,),
    (Stage.DRAFTING,),
    (Stage.CONSULTATION,),
    (Stage.RESPONSE,),
    (Stage.FINAL_DRAFT,),
    (Stage.CONSENSUS_CALL, Stage.OBJECTIONS, Stage.BALLOT, Stage.ADOPTED),
    (Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.REAFFIRMED, Stage.SUPERSEDED),
)


@require_safe
@login_not_required
def framework_list(request: Request) -> HttpResponse:
    """Every framework the reader may see, with its stage."""
    frameworks = [(row, told(row, "title"), told(row, "summary")) for row in Framework.objects.visible_to(request.user)]
    return render(request, "standards/framework_list.html", {"frameworks": frameworks})


@require_safe
@login_not_required
def framework_detail(request: Request, slug: str) -> HttpResponse:
    """The newest version of a framework, or word that its text is still to come."""
    version = latest_version(request.user, slug)
    if version is None:
        framework = get_object_or_404(Framework.objects.visible_to(request.user), slug=slug)
        return render(request, "standards/framework_soon.html", {"framework": framework, **framework_words(framework)})
    return _page(request, version)


@require_safe
@login_not_required
def version_detail(request: Request, slug: str, number: str) -> HttpResponse:
    """One version of a framework."""
    return _page(request, find_version(request.user, slug, number))


def _page(request: Request, version: Version) -> HttpResponse:
    marks = ClauseText.objects.visible_to(request.user).marks(version)
    consultation = round_of(request.user, version)
    framework = version.framework
    listening = bool(consultation and consultation.state in TAKES_COMMENTS and framework.stage in LISTENING)
    context = {
        "framework": framework,
        "version": version,
        "clauses": read_clauses(version, marks, listening=listening),
        "contents": [mark for mark in marks if mark.heading],
        "requirements": sum(mark.level == "requirement" for mark in marks),
        "consultation": consultation,
        "steps": stage_line(framework, consultation),
        "days_left": days_left(consultation),
        **participation_bars(consultation),
        **addresses(version, consultation),
        "listening": listening,
        **framework_words(framework),
        "question": told(consultation, "question") if consultation else "",
        **_reader(request, framework, consultation),
    }
    return holding(render(request, "standards/framework_detail.html", context), context["clauses"])


def _reader(request: Request, framework: Framework, consultation: Consultation | None) -> dict[str, Any]:
    """What the reader has to do with the framework."""
    topic = f"framework:{framework.slug}"
    return {
        "mine": own_contributions(request.user, consultation) if consultation else 0,
        "topic": topic,
        "follows": follows(request, topic),
        "works_here": request.user.has_perm("standards.enter_workspace", framework),
    }


def framework_words(framework: Framework) -> dict[str, Any]:
    """What a framework says of itself, each field in the reader's language or, marked, in the one it was written in."""
    introduction, scope = told(framework, "introduction"), told(framework, "scope")
    return {
        "title": told(framework, "title"),
        "summary": told(framework, "summary"),
        "introduction": replace(introduction, text=markdown(introduction.text, rich=True)),
        "scope": replace(scope, text=markdown(scope.text, rich=True)),
        "reader": get_language(),
        "languages_line": languages_line(framework),
        "forecast_words": public_forecast(framework),
    }


def addresses(version: Version, consultation: Consultation | None) -> dict[str, Any]:
    """Where the comments on the whole text are, and the last minute of the round."""
    args = [version.framework.slug, version.number, GENERAL]
    return {
        "general_url": reverse("standards:clause_detail", args=args),
        "general_comment_url": reverse("standards:clause_comment", args=args),
        "last_minute": consultation.closes_at - timedelta(minutes=1) if consultation else None,
    }


def languages_line(framework: Framework) -> str:
    """“authentic text: Español”, in words."""
    name = next(words for code, words in settings.LANGUAGES if COLUMN[code] == framework.authentic_language)
    return _("authentic text: %(language)s") % {"language": name}


def participation_bars(consultation: Consultation | None) -> dict[str, Any]:
    """People who spoke, by chamber, against the targets; small groups are not told."""
    cells = participation(consultation) if consultation else []
    shown = [
        {"code": cell.code, "label": cell.name, "value": cell.people, "target": cell.target} for cell in cells if cell.people is not None
    ]
    hidden = ", ".join(cell.name for cell in cells if cell.people is None)
    note = _("Not shown because so few would be recognisable: %(chambers)s.") % {"chambers": hidden} if hidden else ""
    whole = max([max(cell.people or 0, cell.target or 0) for cell in cells], default=0) or 1
    return {"bars": shown, "bars_unit": "", "bars_note": note, "bars_whole": whole}


def follows(request: Request, topic: str) -> bool:
    """Tell whether the reader follows a topic."""
    user = request.user
    return user.is_authenticated and Subscription.objects.filter(person=user, topic=topic, muted=False).exists()


def days_left(consultation: Consultation | None) -> str:
    """“26 days left”, in calendar days of the round's own clock; empty where no round is open."""
    if consultation is None or consultation.state != RoundState.OPEN or consultation.framework.paused_stage:
        return ""
    days = (consultation.closes_at - timezone.now()) // timedelta(days=1)
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days} if days > 0 else _("last day")


def stage_line(framework: Framework, consultation: Consultation | None) -> list[dict[str, Any]]:
    """The stages as a line of steps with the present one marked."""
    stage = framework.paused_stage or framework.stage  # suspended or given up: where it stood
    now = next((index for index, stages in enumerate(_LINE) if stage in stages), 0)
    words: list[Any] = [Stage(stages[0]).label for stages in _LINE]
    words[5], words[6] = _("Decision"), _("In force")
    if framework.paused_stage:
        words[now] = f"{words[now]}: {framework.get_stage_display()}"
    if consultation and framework.stage == Stage.CONSULTATION:
        left = days_left(consultation)
        words[2] = _("Consultation, round %(number)s") % {"number": consultation.number} + (f": {left}" if left else "")
    states = ["done" if index < now else "now" if index == now else "" for index in range(len(_LINE))]
    return [{"label": label, "state": state, "url": ""} for label, state in zip(words, states, strict=True)]
