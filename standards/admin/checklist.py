"""What must hold before a round is announced, said as a list with what to do; and how many people will be told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from red_mpe.core.states import findings
from standards.admin.base import listing
from standards.models import ClauseText, Consultation
from standards.notifications.process import reach as reached
from standards.states import ANNOUNCE_ROUND

ANNOUNCED = "standards.round_announced"


@dataclass(frozen=True)
class Check:
    """One guard as the list shows it: what must hold, what is missing of it, what to do and where."""

    title: str | Promise
    missing: list[str]
    advice: str | Promise
    url: str


def _version(consultation: Any) -> str:
    return reverse("admin:standards_version_change", args=[consultation.version_id])


def _round(consultation: Any) -> str:
    return reverse("admin:standards_consultation_change", args=[consultation.pk])


def _clauses(consultation: Any) -> str:
    return listing(ClauseText, version__id__exact=consultation.version_id)


def _framework(consultation: Any) -> str:
    return reverse("admin:standards_framework_change", args=[consultation.framework_id])


def _rounds(consultation: Any) -> str:
    return listing(Consultation, framework__id__exact=consultation.framework_id)


#: Where what a guard asks is done, by the place it names.
PLACES: dict[str, Callable[[Any], str]] = {
    "version": _version,
    "workspace": _framework,
    "rounds": _rounds,
    "text": _clauses,
    "languages": _version,
    "changes": _version,
    "round": _round,
    "synopsis": _rounds,
}


def checks(consultation: Any) -> list[Check]:
    """Return every guard of announcing `consultation`, in the order of the table of moves."""
    return [
        Check(found.guard.label, [str(words) for words in found.missing], found.guard.advice, PLACES[found.guard.place](consultation))
        for found in findings(consultation, ANNOUNCE_ROUND)
    ]


def reach(consultation: Any) -> dict[str, int]:
    """Return how many people the announcement reaches: by mail at once, in a digest, in the inbox only."""
    return reached(ANNOUNCED, consultation)
