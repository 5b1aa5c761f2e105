"""The check-list before a button: what holds, what does not, what to do and where, and whom the mail reaches."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import Finding, Move, findings
from standards.models import Consultation, Framework
from standards.notifications.process import reach

Words = str | Promise

#: Where a guard's advice is followed, by its place; what has no page of its own is reached from the overview.
PLACES = {
    "terms": "work_terms",
    "committee": "work_committee",
    "rounds": "work_rounds",
    "text": "drafting_tree",
    "version": "workspace_versions",
    "changes": "workspace_versions",
    "languages": "translations",
    "answers": "answer_queue",
    "synopsis": "reports",
}
MAILS: dict[str, Words] = {
    "standards.stage_moved": _("“The framework has moved”, to who follows it and who has commented on it"),
    "standards.round_announced": _("“The round is announced”, to every member"),
    "standards.round_opened": _("“The round is open”, to every member"),
    "standards.round_closed": _("“The round is closed”, to every member"),
}


@dataclass(frozen=True)
class Line:
    """One guard as the list shows it, with the address where it is put right."""

    finding: Finding
    url: str

    @property
    def missing(self) -> list[Words]:
        return self.finding.missing

    @property
    def remarks(self) -> list[Words]:
        return self.finding.remarks

    @property
    def label(self) -> Words:
        return self.finding.guard.label

    @property
    def advice(self) -> Words:
        return self.finding.guard.advice


def place_url(place: str, framework: Framework, consultation: Consultation | None = None) -> str:
    """Return the address where what a guard asks is done; the overview where it has no page of its own."""
    if place == "round" and consultation is not None:
        return reverse("standards:work_round", args=[framework.slug, consultation.number])
    return reverse(f"standards:{PLACES.get(place, 'workspace')}", args=[framework.slug])


def lines(thing: Any, move: Move, framework: Framework) -> list[Line]:
    """Return the check-list of a move, in the order of the table."""
    consultation = thing if isinstance(thing, Consultation) else None
    return [Line(found, place_url(found.guard.place, framework, consultation)) for found in findings(thing, move)]


def checklist(thing: Model, move: Move, framework: Framework, mail: str) -> dict[str, Any]:
    """Return what the page of a move shows before its button."""
    found = lines(thing, move, framework)
    return {"lines": found, "unmet": sum(bool(line.missing) for line in found), "mail": MAILS[mail], "reach": reach(mail, thing)}
