"""The consultation kit of a round: one PDF to print in black and white and to take where there is no connection."""

import io
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from members.models.texts import told
from red_mpe.core import press
from red_mpe.core.blocks import blocks, paragraphs
from red_mpe.core.locale import zone
from standards.enums import GENERAL, Level
from standards.exports.guides import guide, record, voluntary, words
from standards.exports.store import kept
from standards.querysets.documents import read_version

EDITION = 1
_ASKED = (Level.REQUIREMENT, Level.SUB_REQUIREMENT, Level.QUESTION)
Plain = dict[str, Any]


def write_kit(consultation: Any, *, language: str) -> tuple[bytes, str]:
    """Return the kit in `language` (es, en, pt-br) and the fingerprint of what it was made of; kept on disk once the text is frozen."""
    with override(language):
        plain = _plain(consultation) | {"language": language}
    return kept(plain, sha256=consultation.version.sha256, name=kit_name(consultation, language), edition=EDITION, make=_set)


def kit_name(consultation: Any, language: str) -> str:
    """Return the name of the file: `mpe-responsable-r1-kit-es.pdf`."""
    return f"{consultation.framework.slug}-r{consultation.number}-kit-{language}.pdf"


def _set(plain: Plain) -> bytes:
    codes = {clause["url"]: _code(clause["url"]) for clause in [*plain["clauses"], plain["general"]] if clause["asked"]}
    return press.pdf("standards/kit", plain | {"codes": codes}, title=plain["title"], language=plain["language"])


def _code(address: str) -> str:
    """Return the QR code of an address as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=1, scale=1, omitsize=True)
    return out.getvalue().decode()


def _plain(consultation: Any) -> Plain:
    sheet = read_version(consultation.version)
    question = told(consultation, "question")
    return {
        "title": sheet.title,
        "kicker": _("Consultation kit · round %(number)s · version %(version)s") % {"number": consultation.number, "version": sheet.number},
        "below": _below(consultation),
        "question": paragraphs(question.text),
        "notice": voluntary(),
        "guide": guide(_last_day(consultation)),
        "record": record(),
        "clauses": [_clause(clause) for clause in sheet.clauses],
        "general": {"title": _("On the whole text"), "asked": True, "url": _address(f"{sheet.path}{GENERAL}/")},
        "words": words(),
    }


def _address(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _clause(clause: Any) -> Plain:
    asked = clause.level in _ASKED
    plain = clause.plain if asked and clause.plain.text else None
    return {
        "level": clause.heading,
        "label": clause.label,
        "title": clause.title,
        "asked": asked,
        "simple": plain is not None,
        "lang": plain.lang if plain else clause.lang,
        "mark": (plain.foreign if plain else clause.foreign) or "",
        "body": paragraphs(plain.text) if plain else blocks(clause.text),
        "url": _address(clause.path),
    }


def _last_day(consultation: Any) -> str:
    last = consultation.closes_at - timedelta(minutes=1)
    return date_format(timezone.localtime(last, zone(consultation.time_zone)), "l j F Y")


def _below(consultation: Any) -> list[str]:
    first = date_format(timezone.localtime(consultation.opens_at, zone(consultation.time_zone)), "l j F Y")
    return [_("From %(first)s to %(last)s") % {"first": first, "last": _last_day(consultation)}]
