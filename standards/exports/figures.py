"""The figures of a round in words: the same tables for the page, the PDF, the spreadsheet and the record."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django_countries import countries

from members.enums import Gender
from red_mpe.core.models import Chamber
from standards.enums import Channel
from standards.querysets.balance import FLAGGED, OTHERS, percent


@dataclass(frozen=True)
class Row:
    """One line of a table; what is hidden to protect few has None and is said in words where it is shown."""

    label: str
    code: str
    people: int | None
    comments: int | None
    target: int | None = None


@dataclass(frozen=True)
class Table:
    """One table of who took part."""

    key: str
    caption: str
    heading: str
    rows: list[Row]

    @property
    def hides(self) -> bool:
        """Whether something in it is hidden."""
        return any(row.people is None for row in self.rows)


@dataclass(frozen=True)
class Influence:
    """How much of what a chamber said was taken up."""

    label: str
    code: str
    accepted: int | None
    whole: int | None

    @property
    def percent(self) -> int | None:
        """In whole percent; None where nothing was said or few would be seen."""
        return None if not self.whole or self.accepted is None else percent(f"{self.accepted}/{self.whole}")


@dataclass(frozen=True)
class Told:
    """Everything that is told of who took part."""

    facts: list[tuple[str, str]]
    tables: list[Table]
    influence: list[Influence]
    uneven: str
    smallest: int


def tell(figures: dict[str, Any]) -> Told:
    """Return the figures in the reader's language; one query, for the names of the chambers."""
    names = {side.code: side.name for side in Chamber.objects.order_by("position")}
    influence = [Influence(names.get(row["code"], row["code"]), row["code"], row["accepted"], row["whole"]) for row in figures["influence"]]
    return Told(facts(figures), _tables(figures, names), influence, _uneven(figures), figures["smallest"])


def facts(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the single numbers with their names."""
    answered, whole = figures["answered"]
    few = _("fewer than %(smallest)s") % {"smallest": figures["smallest"]}
    found = [
        (_("People"), few if figures["people"] is None else str(figures["people"])),
        (_("Organisations named"), str(figures["organisations"])),
        (_("Comments"), str(figures["comments"])),
        (_("Replies"), str(figures["replies"])),
        (_("Late comments, answered and not weighed"), str(figures["late"])),
        (_("Answered"), _("%(answered)s of %(whole)s") % {"answered": answered, "whole": whole}),
        (_("Median days to the answer"), decimal(figures["median_days"])),
        (_("Evenness between the chambers (Pielou: 1 is even)"), figures["evenness"] and number_format(figures["evenness"])),
        (_("Share of the five most active organisations"), _percent(figures["top_five"])),
    ]
    return [(name, value) for name, value in found if value]


def decimal(written: str) -> str:
    """Return a written fraction with at most one figure after the point, in the reader's way of writing."""
    if not written:
        return ""
    value = Fraction(written)
    return number_format(float(value), 0 if value.denominator == 1 else 1)


def _percent(written: str) -> str:
    return f"{percent(written)} %" if written else ""


def _tables(figures: dict[str, Any], chambers: dict[str, str]) -> list[Table]:
    known: list[tuple[str, str, str, Callable[[str], str]]] = [
        ("chambers", _("By chamber"), _("Chamber"), lambda code: chambers.get(code, code)),
        ("country", _("By country"), _("Country"), lambda code: str(countries.name(code) or code)),
        ("language", _("By language"), _("Language"), lambda code: dict(settings.LANGUAGES).get(code, code)),
        ("gender", _("By gender, as people say it"), _("Gender"), lambda code: str(Gender(code).label) if code else _("not said")),
        ("channel", _("By channel"), _("Channel"), lambda code: str(Channel(code).label)),
    ]
    return [Table(key, caption, heading, [_row(cell, name) for cell in figures[key]]) for key, caption, heading, name in known]


def _row(cell: dict[str, Any], name: Callable[[str], str]) -> Row:
    label = _("others, together") if cell["code"] == OTHERS else name(cell["code"])
    return Row(label, cell["code"], cell["people"], cell["comments"], cell.get("target"))


def _uneven(figures: dict[str, Any]) -> str:
    if not figures["uneven"]:
        return ""
    if not figures["ratio"]:
        return _("What one chamber proposed was never taken up while another's was. The remarks on the process explain why.")
    words = _("What one chamber proposed was taken up %(times)s times as often as another's; above %(limit)s the remarks explain why.")
    return words % {"times": decimal(figures["ratio"]), "limit": FLAGGED}
