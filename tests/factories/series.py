"""Rhythms of groups, through the same action as on the site."""

from datetime import date, time
from itertools import islice
from uuid import uuid4

from django.utils import timezone

from events.actions.series import set_series
from events.models import Attendance
from events.readers import days_of_rule, read_rule
from members.models import GroupMembership
from tests.conftest import make_organisation, make_person
from tests.factories.events import LINK

FIRST_THURSDAY = "FREQ=MONTHLY;BYDAY=1TH"


def rhythm(**more):
    """What a rhythm is made of: on line, on the first Thursday of every month at six in the evening in Lima."""
    known = {
        "rule": FIRST_THURSDAY,
        "starts_on": date(2026, 1, 1),
        "starts_time": time(18),
        "minutes": 120,
        "time_zone": "America/Lima",
        "mode": "on-line",
        "audience": "group",
        "link": LINK,
    }
    return known | more


def make_series(group, actor, **more):
    """The rhythm of a group."""
    return set_series(group=group, actor=actor, **rhythm(**more))


def days(rule, many=4, starts_on=date(2026, 1, 1)):
    """The first days of a rule."""
    return [str(day) for day in islice(days_of_rule(read_rule(rule, starts_on=starts_on), starts_on), many)]


def seat(group, slug, category="miners-organisations", role="member", organisation=None):
    """Somebody who sits in a group for an organisation of a category."""
    person = make_person(slug, category=category)
    house = organisation or make_organisation(f"casa-{slug}", category=category)
    GroupMembership.objects.create(group=group, person=person, role=role, organisation=house, starts_on=date(2020, 1, 1))
    return person


def there(event, person, **more):
    """That somebody was seen at an event."""
    facts = {"mode": "on-line", "seen": "search", "at": timezone.now(), "once": uuid4()}
    return Attendance.objects.create(event=event, person=person, **facts | more)
