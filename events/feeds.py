"""What calendars and readers of feeds ask for, outside the language prefix. Only a personal address tells more than is public."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.exports import CONTENT_TYPE, Own, address, calendar_of
from events.models import CalendarLink, Event, Registration, Session
from events.querysets import when
from members.models import Group
from members.models.texts import told
from red_mpe.core.locale import speaking_to

PUBLIC = AnonymousUser()
FRESH = 900  # seconds that a proxy may keep what everybody gets
#: What changes when anything does that a calendar shows; two that were exchanged change the sum of the keys.
FACTS = {"many": Count("pk"), "which": Sum("pk"), "last": Max("updated_at"), "changes": Sum("sequence")}
_CODES = [code for code, _name in settings.LANGUAGES]


@login_not_required
@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:
    """Everything public; `?lang=` chooses the language."""
    rows = Event.objects.visible_to(PUBLIC).in_calendar()
    with translation.override(_language(request)):
        name = _("Encounters of Red MPE")
        return _answer(request, rows, lambda: calendar_of(rows, name=name), CONTENT_TYPE)


@login_not_required
@require_safe
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The public events of a public group."""
    group = get_object_or_404(Group.objects.visible_to(PUBLIC), slug=slug)
    rows = group.events.visible_to(PUBLIC).in_calendar()
    with translation.override(_language(request)):
        return _answer(request, rows, lambda: calendar_of(rows, name=told(group, "name").text), CONTENT_TYPE)


@login_not_required
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, for whoever may see its page; never a draft."""
    rows = Event.objects.visible_to(request.user).exclude(state="draft").filter(slug=slug)
    event = get_object_or_404(rows)
    with translation.override(_language(request)):
        name = told(event, "title").text
        return _answer(request, rows, lambda: calendar_of([event], name=name), CONTENT_TYPE, public=event.audience == "public")


@login_not_required
@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that the owner of the address may see, in their language, with their registrations and the sessions they marked.

    Drafts are no part of a calendar.
    """
    link = get_object_or_404(CalendarLink.objects.select_related("person__person"), token=token, person__is_active=True)
    rows = Event.objects.visible_to(link.person).in_calendar()
    mine = Registration.objects.filter(user=link.person)
    marked = Session.objects.marked_by(link.person).filter(event__in=rows.order_by().values("pk"))
    with speaking_to(link.person):
        name = _("Encounters of Red MPE")
        facts = [mine.aggregate(**FACTS, moved=Max("moved_at")), marked.aggregate(**FACTS)]
        return _answer(request, rows, lambda: calendar_of(rows, name=name, own=_own(mine, marked)), CONTENT_TYPE, public=False, facts=facts)


@login_not_required
@require_safe
def announced(request: HttpRequest) -> HttpResponse:
    """What was announced last, as Atom."""
    rows = Event.objects.visible_to(PUBLIC).newest()
    with translation.override(_language(request)):
        return _answer(request, rows, lambda: _atom(request, rows), "application/atom+xml; charset=utf-8")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in _CODES else settings.LANGUAGE_CODE


def _own(mine: Any, marked: Any) -> Own:
    registrations: dict[int, list[Registration]] = defaultdict(list)
    for registration in mine.order_by("pk"):
        registrations[registration.event_id].append(registration)
    return Own(registrations, marked.select_related("event", "room"))


def _answer(
    request: HttpRequest, rows: Any, make: Callable[[], bytes], kind: str, *, public: bool = True, facts: Sequence[dict[str, Any]] = ()
) -> HttpResponse:
    """Answer 304 to who has it already, after one query over a few numbers, or those `facts` more; otherwise make it."""
    numbers = [sorted(some.items()) for some in (rows.aggregate(**FACTS), *facts)]
    made_of = f"{request.path} {translation.get_language()} {timezone.now():%Y%m%d} {numbers}"
    etag = quote_etag(hashlib.sha256(made_of.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(make(), content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH}" if public else "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response  # type: ignore[return-value]


def _atom(request: HttpRequest, rows: Any) -> bytes:
    feed = Atom1Feed(
        title=_("Encounters of Red MPE"),
        link=settings.BASE_URL,
        description=_("What was announced last"),
        language=translation.get_language(),
        feed_url=settings.BASE_URL + request.get_full_path(),
    )
    for event in rows:
        words = told(event, "summary").text
        feed.add_item(
            title=told(event, "title").text,
            link=address(event),
            description=f"{when(event.starts_at, event.ends_at, event.time_zone)}. {words}",
            unique_id=f"urn:uuid:{event.uid}",
            pubdate=event.announced_at,
            updateddate=event.updated_at,
        )
    return feed.writeString("utf-8").encode()
