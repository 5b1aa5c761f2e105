"""Speaking to a person: language and clock together, around a whole render."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext

# The suffix of the translated columns for each language of the site.
COLUMN = {"es": "es", "en": "en", "pt-br": "pt"}
SITE_LANGUAGE = {column: code for code, column in COLUMN.items()}
ZONES = sorted(available_timezones())
#: Of these the ones that a place with a clock of its own is named after: no older names for the same, no bare offsets.
PLACE_ZONES = sorted(
    row.split("\t")[2] for row in (files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8").splitlines() if not row.startswith("#")
)
#: The clock of the network: accounts begin with it, and its days end by it.
NETWORK_ZONE = "America/Lima"


def column_language(language: str | None = None) -> str:
    """Return the column suffix (`es`, `en`, `pt`) of a language code, the present one by default."""
    return COLUMN.get(language or translation.get_language() or settings.LANGUAGE_CODE, "es")


def language_name(column: str) -> str:
    """Return what the language of a column suffix calls itself: “Português” for `pt`."""
    return next((str(name) for code, name in settings.LANGUAGES if COLUMN[code] == column), column)


def zone(name: str) -> ZoneInfo:
    """Return the zone of that IANA name, UTC where it is unknown."""
    return ZoneInfo(name) if name in ZONES else ZoneInfo("UTC")


def network_day() -> date:
    """Return today by the network's clock, whatever clock whoever asks lives by: embargoes, grants and tasks end with it."""
    return timezone.localdate(timezone=ZoneInfo(NETWORK_ZONE))


def short_day(day: date) -> str:
    """Return a day in few signs, as the reader's language writes it: “3 may 2026”, “3 May 2026”."""
    return date_format(day, pgettext("short date", "j M Y"))


@contextmanager
def speaking(language: str, time_zone: str) -> Iterator[None]:
    """Render everything inside in one language and one time zone."""
    with translation.override(language), timezone.override(zone(time_zone)):
        yield


@contextmanager
def speaking_to(person: object) -> Iterator[None]:
    """Render everything inside as the reader is used to. `person` has `language` and `time_zone`."""
    with speaking(getattr(person, "language", settings.LANGUAGE_CODE), getattr(person, "time_zone", "UTC")):
        yield
