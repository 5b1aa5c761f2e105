"""The first page of the workspace: where the framework stands, what its next move lacks, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from red_mpe.core.http import MemberRequest
from red_mpe.core.states import Move, can_start
from standards.enums import RoundState, Stage
from standards.models import Consultation, Framework
from standards.querysets.process import waits
from standards.states import ANNOUNCE_ROUND, BY_HAND, OPEN_ROUND
from standards.states.guards.changes import rounds_of
from standards.states.looking import one_look
from standards.views.checklists import Line, lines, place_url
from standards.views.forecasting import drawing
from standards.views.frameworks import days_left, stage_line
from standards.views.process import STEPS
from standards.views.workspace import find_workspace, workspace

Words = str | Promise
_ONWARD = ("begin-drafting", "draft-again", "final-draft", "resume")
_ASIDE = ("suspend", "abandon")
#: What waits: how the reading calls it, its words, and the place where it is dealt with.
_WAITS = (
    ("incomplete", _("clauses that lack text or plain words"), "text"),
    ("stale", _("texts whose translation has gone stale"), "languages"),
    ("new", _("comments without answer"), "answers"),
    ("assigned", _("comments assigned, not answered yet"), "answers"),
    ("drafted", _("answers to validate"), "answers"),
    ("validated", _("answers to publish"), "answers"),
    ("objected", _("objections to answer"), "answers"),
)


@dataclass(frozen=True)
class Onward:
    """A move that starts from here: its name and page, and what it lacks."""

    title: Words
    url: str
    lacks: list[Line]

    @property
    def ready(self) -> bool:
        return not self.lacks


@require_safe
def overview(request: MemberRequest, slug: str) -> HttpResponse:
    """Where the framework stands and what waits for its committee."""
    framework = find_workspace(request.user, slug)
    with one_look():
        consultation = _present_round(framework)
        context = {
            **workspace(request, framework, "workspace"),
            **drawing(framework),
            "steps": stage_line(framework, consultation),
            "consultation": consultation,
            "days_left": days_left(consultation),
            "onward": onward(framework),
            "aside": _aside(framework),
            "waits": what_waits(framework),
            "may_steer": request.user.has_perm("standards.steer", framework),
            "last": framework.events.first() if framework.paused_stage else None,
        }
    return render(request, "standards/workspace/overview.html", context)


def _present_round(framework: Framework) -> Consultation | None:
    """The round that is on, otherwise the one that is planned, otherwise the last."""
    order = (RoundState.OPEN, RoundState.ANNOUNCED, RoundState.PLANNED, RoundState.CLOSED)
    return min(reversed(rounds_of(framework)), key=lambda one: order.index(RoundState(one.state)), default=None)


def onward(framework: Framework) -> list[Onward]:
    """The moves that lead on from where the framework stands, each with what it lacks; announcing the planned round is one."""
    found = [_step(framework, name, BY_HAND[name]) for name in _ONWARD if can_start(framework, BY_HAND[name], "stage")]
    planned = next((one for one in rounds_of(framework) if one.state == RoundState.PLANNED), None)
    if framework.stage == Stage.DRAFTING and planned is not None:
        url = reverse("standards:work_round_announce", args=[framework.slug, planned.number])
        title = _("Announce round %(number)s") % {"number": planned.number}
        found.insert(0, Onward(title, url, _lacking(planned, ANNOUNCE_ROUND, framework)))
    return [*_unready(framework), *found]


def _unready(framework: Framework) -> list[Onward]:
    """The announced round, where it could not open as things stand: nobody presses a button that would say so."""
    found = []
    for announced in (one for one in rounds_of(framework) if one.state == RoundState.ANNOUNCED):
        if lacks := _lacking(announced, OPEN_ROUND, framework):
            title = _("Opening of round %(number)s by the clock") % {"number": announced.number}
            found.append(Onward(title, reverse("standards:work_round", args=[framework.slug, announced.number]), lacks))
    return found


def _step(framework: Framework, name: str, move: Move) -> Onward:
    url = reverse("standards:work_move", args=[framework.slug, name])
    return Onward(STEPS[name].title, url, _lacking(framework, move, framework))


def _lacking(thing: Any, move: Move, framework: Framework) -> list[Line]:
    return [line for line in lines(thing, move, framework) if line.missing]


def _aside(framework: Framework) -> list[dict[str, Any]]:
    names = [name for name in _ASIDE if can_start(framework, BY_HAND[name], "stage")]
    return [{"title": STEPS[name].title, "url": reverse("standards:work_move", args=[framework.slug, name])} for name in names]


def what_waits(framework: Framework) -> list[dict[str, Any]]:
    """What waits for the committee, with its number and the page where it is dealt with; nothing that is done already."""
    counts = waits(framework)
    return [
        {"count": getattr(counts, name), "words": words, "url": place_url(place, framework)}
        for name, words, place in _WAITS
        if getattr(counts, name)
    ]
