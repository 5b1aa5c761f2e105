"""The files of a round that can be taken away, by name, and when each is built."""

from pathlib import Path
from typing import Any

from django.conf import settings

from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.notifications.actions.waking import wake
from standards.exports import record, shelf, synopsis
from standards.models import Synopsis

BUILD = "standards.tasks.build_report"
AT_ONCE = 400  # comments up to which a file is built while the reader waits: about a second
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip"}
NAMES = ("record.zip", *(f"synopsis-{language}.{kind}" for kind in ("pdf", "xlsx") for language, _name in settings.LANGUAGES))


def make(report: Synopsis, name: str) -> bytes:
    """Return the content of a file."""
    stem, _dot, kind = name.partition(".")
    if kind == "zip":
        return record.record(report)
    language = stem.partition("-")[2]
    return synopsis.pdf(report, language) if kind == "pdf" else synopsis.spreadsheet(report, language)


def take(report: Synopsis, name: str) -> Path | None:
    """Return a file of a round, built at once where that is quick; None while a worker builds it."""
    consultation = report.consultation
    sealed = shelf.seal(consultation)
    if there := shelf.kept(consultation, name, sealed):
        return there
    if consultation.comment_counter > AT_ONCE:
        wake(BUILD, report.pk, NAMES.index(name))
        return shelf.kept(consultation, name, sealed)
    return shelf.build(consultation, name, sealed, lambda: make(report, name))


def build(synopsis_id: int, number: int) -> Path | None:
    """Build one file, for a worker; done twice it is done once."""
    report: Any = Synopsis.objects.select_related("consultation__framework__rules", "consultation__version").get(pk=synopsis_id)
    name = NAMES[number]
    return shelf.build(report.consultation, name, shelf.seal(report.consultation), lambda: make(report, name))


def build_all(synopsis_id: int) -> None:
    """Wake a worker for the record and for the documents in the authentic language; those in others are built when they are asked for."""
    column = Synopsis.objects.values_list("consultation__framework__authentic_language", flat=True).get(pk=synopsis_id)
    for number, name in enumerate(NAMES):
        if name.endswith("zip") or f"-{SITE_LANGUAGE[column]}." in name:
            wake(BUILD, synopsis_id, number)
