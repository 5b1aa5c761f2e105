"""A record told in words: what its page, the USB edition and lists say of it. Nothing here asks the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from members.enums import Spoken
from members.models.texts import Told
from members.rules import is_shown, person_is_shown
from publications.enums import LICENCE_LINKS, Access, AuthorRole, Licence, LinkState, Scheme
from publications.models import Author, Identifier, Record
from red_mpe.core.locale import COLUMN, column_language

_MAY: Final = {
    Licence.CC0: gettext_lazy("Free for every use: it may be copied, changed and shared without asking."),
    Licence.CC_BY: gettext_lazy("It may be copied, shared and adapted, commercially too, naming its authors."),
    Licence.CC_BY_IGO: gettext_lazy("It may be copied, shared and adapted, commercially too, naming its authors."),
    Licence.CC_BY_SA: gettext_lazy(
        "It may be copied, shared and adapted, commercially too, naming its authors; what is made of it carries the same licence."
    ),
    Licence.CC_BY_ND: gettext_lazy("It may be copied and shared, commercially too, whole and unchanged, naming its authors."),
    Licence.CC_BY_NC: gettext_lazy("It may be copied, shared and adapted for what is not commercial, naming its authors."),
    Licence.CC_BY_NC_SA: gettext_lazy(
        "It may be copied, shared and adapted for what is not commercial, naming its authors; what is made of it carries the same licence."
    ),
    Licence.CC_BY_NC_SA_IGO: gettext_lazy(
        "It may be copied, shared and adapted for what is not commercial, naming its authors; what is made of it carries the same licence."
    ),
    Licence.CC_BY_NC_ND: gettext_lazy("It may be copied and shared for what is not commercial, whole and unchanged, naming its authors."),
    Licence.OFFICIAL: gettext_lazy("Official text: it may be copied freely, saying where it comes from."),
    Licence.PERMITTED: gettext_lazy(
        "All rights reserved. The library hands it out with the owner’s permission; who wants to pass it on asks the owner."
    ),
    Licence.RESERVED: gettext_lazy("All rights reserved: it is described here and read at its publisher’s."),
    Licence.UNKNOWN: gettext_lazy("Its licence is not known: it is described here and read where it was published."),
}
_READ: Final = {
    Access.PUBLIC: gettext_lazy("Everybody may read it."),
    Access.REQUEST: gettext_lazy("Everybody reads this description; the files are handed out on request."),
    Access.MEMBERS: gettext_lazy("Only members of the network read it."),
}
_RESOLVERS: Final = {Scheme.DOI: "https://doi.org/", Scheme.HANDLE: "https://hdl.handle.net/"}
_WEB: Final = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on the title page: the name as printed, what they did, and where the network knows them, if the reader may know."""

    name: str
    role: str  # empty for the authors themselves
    url: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the work elsewhere. `url` is empty where it leads nowhere, `trouble` says what became of the link."""

    label: str
    value: str
    url: str
    trouble: str
    archive: str


def all_told(source: Any, field: str) -> list[Told]:
    """Return a translated field in every language it is written in, the reader's first, then in the order of the site."""
    wanted = column_language()
    order = sorted(settings.LANGUAGES, key=lambda language: COLUMN[language[0]] != wanted)
    found = [(getattr(source, f"{field}_{COLUMN[code]}"), code, str(name)) for code, name in order]
    return [Told(text, code, name) for text, code, name in found if text]


def authors(rows: Iterable[Author], user: Any) -> list[Named]:
    """Return who made the work, in the order of the title page."""
    return [Named(printed(row), _role(row), _known(row, user)) for row in rows]


def printed(row: Author) -> str:
    """Return a name as a title page has it: given names first."""
    return row.literal or " ".join(part for part in (row.given, row.family) if part)


def _role(row: Author) -> str:
    return "" if row.role == AuthorRole.AUTHOR else str(AuthorRole(row.role).label)


def _known(row: Author, user: Any) -> str:
    if row.person is not None and person_is_shown(user, row.person):
        return row.person.get_absolute_url()
    if row.organisation is not None and is_shown(user, row.organisation):
        return row.organisation.get_absolute_url()
    return ""


def names(rows: Iterable[Identifier]) -> list[Name]:
    """Return the identifiers with where they lead and whether that place answered."""
    return [Name(str(Scheme(row.scheme).label), row.value, address(row), _trouble(row), row.archive) for row in rows]


def address(row: Identifier) -> str:
    """Return where an identifier leads; empty for those that lead nowhere. Never anything but http."""
    if row.scheme in _RESOLVERS:
        return _RESOLVERS[Scheme(row.scheme)] + row.value
    return row.value if _WEB.match(row.value) else ""


def _trouble(row: Identifier) -> str:
    if row.state not in (LinkState.FAILS, LinkState.GONE):
        return ""
    words = {LinkState.FAILS: _("It did not answer on %(day)s."), LinkState.GONE: _("It is no longer there: tried on %(day)s.")}
    return words[LinkState(row.state)] % {"day": _day(row.checked_at) if row.checked_at else "?"}


def day_in_words(issued: str) -> str:
    """Return a date as exact as it is known: “12 August 2013”, “August 2013”, “2013”."""
    parts = [int(part) for part in issued.split("-")] if issued else []
    try:
        if len(parts) == 3:
            return _day(date(*parts))
        if len(parts) == 2:
            return date_format(date(*parts, 1), pgettext("month and year of a work", "F Y"))
    except ValueError:  # 31 February: what was written is all that is known
        return issued
    return issued


def _day(day: date) -> str:
    return date_format(day, pgettext("date", "j F Y"))


def imprint(record: Record) -> list[tuple[str, str]]:
    """Return when and where the work came out: pairs of what and words, without what is not known."""
    told = (
        (_("Date"), day_in_words(record.issued)),
        (_("Edition"), record.edition),
        (_("Publisher"), ", ".join(part for part in (record.publisher, record.place) if part)),
        (_("Published in"), container(record)),
        (_("Number"), record.number),
        (_("Meeting"), ", ".join(part for part in (record.event_name, record.event_place, day_in_words(record.event_date)) if part)),
    )
    return [(name, words) for name, words in told if words]


def container(record: Record) -> str:
    """Return the journal, book or series with volume, issue and pages."""
    volume = f"{record.volume}({record.issue})" if record.volume and record.issue else record.volume or record.issue
    pages = _("pp. %(pages)s") % {"pages": record.pages} if record.pages else ""
    return ", ".join(part for part in (record.container, volume, pages) if part)


def licence(record: Record) -> dict[str, str]:
    """Return what others may do with the work, in one sentence, with the name of the licence and its own page."""
    kind = Licence(record.licence)
    link = LICENCE_LINKS.get(kind, "")
    return {"words": str(_MAY[kind]), "name": str(kind.label) if link else "", "url": link}


def audience(record: Record) -> str:
    """Return who may read it, in one sentence."""
    if record.access == Access.GROUP:
        return _("Only members of “%(group)s” read it.") % {"group": record.access_group}
    return str(_READ[Access(record.access)])


def languages(record: Record) -> list[dict[str, str]]:
    """Return the languages of the work, each under its own name."""
    return [{"code": code, "name": str(Spoken(code).label)} for code in record.languages]


def weight(size: int) -> str:
    """Return the size of a file as people say it: “640 kB”, “3.2 MB”."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(size / 1_000_000, 1)} MB" if size < 1_000_000_000 else f"{number_format(size / 1_000_000_000, 1)} GB"


def citation(record: Record, rows: Iterable[Author]) -> str:
    """Return one line by which the work can be cited and found again."""
    who = "; ".join(printed(row) for row in rows)
    title = next(iter(all_told(record, "title")), Told(record.code, "", "")).text
    parts = (
        f"{who} ({record.year or _('no date')})" if who else str(record.year or _("no date")),
        title,
        record.container,
        record.publisher,
    )
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {record.code}."
