"""The registrations of an event as a sheet, for who runs it."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import pgettext

from events.enums import RegistrationState
from events.models import Event, Needs, Registration
from events.querysets.organising import answers_of
from members.enums import Spoken
from members.models.texts import told
from red_mpe.core.sheets import CSV, XLSX, Sheet, csv_bytes, xlsx

#: Formats by the ending of the file, with their media types.
FORMATS: Final = {"xlsx": XLSX, "csv": CSV}
_NEEDS: Final = ("interpretation", "access", "childcare", "diet")
_WIDTHS: Final = (7, 12, 28, 28, 22, 14, 18, 17, 28, 12, 28, 9)


def registrations_file(event: Event, kind: str, *, needs: bool = False) -> bytes:
    """Return the registrations by number, with what was answered; what people need only with `needs`, and only while it is kept.

    Headings and words are in the reader's language, hours by the clock of the event. Nothing in it counts: words that look like a
    formula stay words.
    """
    rows = list(_rows(event, needs))
    head = next(iter(rows))
    if kind == "csv":
        return csv_bytes(head, rows[1:])
    return xlsx([Sheet(pgettext("sheet", "Registrations"), head, rows[1:], widths=_WIDTHS)])


def _rows(event: Event, needs: bool) -> Iterator[list[Any]]:
    registrations = Registration.objects.filter(event=event).order_by("number")
    questions, answers = answers_of(event, registrations)
    kept = _needs(event) if needs else {}
    yield [*_head(), *(told(question, "label").text for question in questions), *(_needs_head() if needs else [])]
    for row in registrations.select_related("organisation", "chamber", "guest_of"):
        given = answers.get(row.pk, {})
        yield [*_line(event, row), *(given.get(question.pk, "") for question in questions), *(kept.get(row.pk, [""] * 4) if needs else [])]


def _head() -> list[str]:
    return [
        pgettext("sheet", "Number"),
        pgettext("sheet", "Code"),
        pgettext("sheet", "Name"),
        pgettext("sheet", "Organisation"),
        pgettext("sheet", "Chamber"),
        pgettext("sheet", "How"),
        pgettext("sheet", "State"),
        pgettext("sheet", "Registered"),
        pgettext("sheet", "E-mail"),
        pgettext("sheet", "Language"),
        pgettext("sheet", "Brought along by"),
        pgettext("sheet", "Photos"),
    ]


def _needs_head() -> list[str]:
    return [
        pgettext("sheet", "Interpretation into"),
        pgettext("sheet", "Access"),
        pgettext("sheet", "Childcare"),
        pgettext("sheet", "Diet"),
    ]


def _line(event: Event, row: Registration) -> list[Any]:
    return [
        row.number,
        row.code,
        row.name,
        row.organisation.name if row.organisation else row.affiliation,
        str(row.chamber or ""),
        str(row.get_mode_display()),
        str(RegistrationState(row.state).label),
        f"{row.created_at.astimezone(event.zone):%Y-%m-%d %H:%M}",
        row.email,
        row.get_language_display(),
        row.guest_of.name if row.guest_of else "",
        pgettext("sheet", "yes") if row.photos else pgettext("sheet", "no"),
    ]


def _needs(event: Event) -> dict[int, list[str]]:
    rows = Needs.objects.filter(registration__event=event).values_list("registration", *_NEEDS)
    spoken = dict(Spoken.choices)
    return {key: [str(spoken.get(language, "")), *words] for key, language, *words in rows}
