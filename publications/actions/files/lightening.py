"""Light copies: the words of a heavy file as a small PDF, for slow telephones and memory sticks."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from publications.actions.storing import StoreAway, keep_bytes
from publications.enums import LICENCE_LINKS, SHARED_ON, Licence, ScanState, TextState
from publications.models import File
from red_mpe.core import press
from red_mpe.core.locale import SITE_LANGUAGE, column_language

HEAVY: Final = 1_000_000  # bytes: from here on a copy is worth making
LENGTH: Final = 600_000  # characters set in one copy, about 250 pages
ATTEMPTS: Final = 3
LEASE: Final = timedelta(minutes=5)
_PATIENCE: Final = 120
_SAFE: Final = (ScanState.CLEAN, ScanState.NOT_ASKED)


def heavy() -> Any:
    """Return the files that should have a light copy and have none: read, heavy, free to share on."""
    rested = Q(light_claimed_at=None) | Q(light_claimed_at__lt=Now() - LEASE)
    rows = File.objects.newest().filter(rested, text_state=TextState.DONE, size__gt=HEAVY, light_name="", light_attempts__lt=ATTEMPTS)
    return rows.filter(record__licence__in=SHARED_ON, scan_state__in=_SAFE).order_by("id")


def lighten_file(pk: int) -> None:
    """Make the light copy of one file, unless it has one, needs none, or must have none. One that came out heavy is not kept."""
    if not File.objects.filter(pk__in=heavy().order_by().values("pk"), id=pk).update(
        light_claimed_at=Now(), light_attempts=F("light_attempts") + 1
    ):
        return
    file = File.objects.select_related("record", "text").get(pk=pk)
    data, media_type = _copy(file)
    if len(data) >= file.size // 2:
        File.objects.filter(pk=pk).update(light_attempts=ATTEMPTS)
        return
    try:
        name = keep_bytes(data)
    except StoreAway:
        return
    File.objects.filter(pk=pk, light_name="").update(light_name=name, light_type=media_type, light_size=len(data), light_claimed_at=None)


def _copy(file: File) -> tuple[bytes, str]:
    """Set the words as a PDF; where that fails, as plain text."""
    with translation.override(SITE_LANGUAGE[column_language(file.language or settings.LANGUAGE_CODE)]):
        told = _told(file)
        try:
            data = press.pdf("publications/light", told, title=told["title"], language=translation.get_language(), patience=_PATIENCE)
        except press.PressError:
            lines = [told["title"], *told["about"], "", *told["paragraphs"]]
            return "\n".join(lines).encode(), "text/plain"
    return data, "application/pdf"


def _told(file: File) -> dict[str, Any]:
    """What the copy says: whose work it is, under which licence, where the whole is, and its words."""
    record = file.record
    authors = "; ".join(str(author) for author in record.authors.all())
    licence = " ".join(filter(None, [record.get_licence_display(), LICENCE_LINKS.get(Licence(record.licence), "")]))
    source = f"{settings.BASE_URL}{record.get_absolute_url()}"
    about = [
        ", ".join(filter(None, [authors, record.publisher, record.issued])),
        _("Licence: %(licence)s") % {"licence": licence},
        _("Source: %(address)s") % {"address": source},
        _("Light copy: the words of “%(name)s” without pictures and layout, taken out by a program. Cite the whole work.")
        % {"name": file.name},
    ]
    return {"title": str(record), "about": [line for line in about if line], "paragraphs": paragraphs(file.text.text[:LENGTH])}


def paragraphs(text: str) -> list[str]:
    """Put the lines of a page together again: a paragraph ends where a line ends a sentence."""
    found, begun = [], ""
    for line in text.splitlines():
        begun = f"{begun} {line}" if begun else line
        if line.rstrip().endswith((".", "!", "?", ":", ";")):
            found.append(begun)
            begun = ""
    return [*found, begun] if begun else found
