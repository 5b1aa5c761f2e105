"""Certificates of attendance to print: a page each, in one of the three languages, with their code as letters and as QR."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django_countries import countries

from events.enums import WITH_PLACE, EventMode
from events.models import Certificate, Event
from events.readers import spaced_code
from members.enums import Audience
from members.models.texts import told
from red_mpe.core import press
from red_mpe.core.locale import zone


def write_certificates(event: Event, certificates: Iterable[Certificate], *, language: str) -> bytes:
    """Return the certificates as one PDF, a page each, in `language` (es, en, pt-br). Raises PressError."""
    with override(language):
        title = _("Certificate of attendance")
        data = _of_event(event) | {"certificates": [_certificate(event, one) for one in certificates]}
    return press.pdf("events/certificate", data, title=f"{title}: {data['event']}", language=language)


def certificate_name(event: Event, language: str, code: str = "", *, part: int = 0) -> str:
    """Return the name of the file: `certificate-7Q2M-X0DK-94TB-es.pdf`; without a code that of all of an event, or of a part of them."""
    with override(language):
        word = pgettext("name of a file", "certificate") if code else pgettext("name of a file", "certificates")
    return f"{word}-{spaced_code(code) if code else event.slug}-{f'{part}-' if part else ''}{language}.pdf"


def days_in_words(event: Event) -> str:
    """Return the days of an event by its own clock."""
    if event.starts_on == event.ends_on:
        return _day(event.starts_on)
    return _("%(first)s to %(last)s") % {"first": _day(event.starts_on), "last": _day(event.ends_on)}


def how_in_words(certificate: Certificate) -> str:
    """Return how somebody took part, and for how long where that is known."""
    return " · ".join(filter(None, [str(EventMode(certificate.mode).label), length_in_words(certificate.minutes)]))


def length_in_words(minutes: int | None) -> str:
    """Return some minutes as hours and minutes; nothing where there are none."""
    hours, rest = divmod(minutes or 0, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]))


def check_address(certificate: Certificate) -> str:
    """Return where the certificate is verified, with the host of the settings."""
    return settings.BASE_URL + reverse("events:certificate_check", args=[certificate.code])


def _of_event(event: Event) -> dict[str, Any]:
    title = told(event, "title")
    hosts = event.hosts.filter(audience=Audience.PUBLIC).order_by("name").values_list("name", flat=True)
    return {
        "network": "Red MPE",
        "field": _("Responsible artisanal and small-scale mining"),
        "heading": _("Certificate of attendance"),
        "certifies": _("The network certifies that"),
        "took-part": _("took part in"),
        "event": title.text or event.slug,
        "event-lang": title.lang.partition("-")[0],
        "days": capfirst(days_in_words(event)),
        "hosts": ", ".join(hosts),
        "invited": _("Called by"),
        "issued": _("Issued on"),
        "code-words": _("Code"),
        "verify": _("Whether it holds is told at"),
        "confirmed": _("The hours were confirmed by who organised the encounter."),
    }


def _place(event: Event) -> str:
    if event.mode not in WITH_PLACE:
        return ""
    country = countries.name(str(event.country)) if event.country else ""
    return ", ".join(dict.fromkeys(filter(None, [event.venue, event.municipality, country])))


def _certificate(event: Event, certificate: Certificate) -> dict[str, Any]:
    address = check_address(certificate)
    return {
        "name": certificate.name,
        "how": how_in_words(certificate),
        "has-hours": bool(certificate.minutes),
        "place": _place(event) if certificate.mode == EventMode.ON_SITE else "",
        "issued": _day(certificate.issued_at.astimezone(zone(event.time_zone)).date()),
        "code": spaced_code(certificate.code),
        "address": address,
        "qr": _qr(address),
    }


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=1, scale=1, omitsize=True)
    return out.getvalue().decode()


def _day(day: date) -> str:
    return date_format(day, pgettext("date with weekday", "l j F Y"))
