"""The instants of a round, and putting off its closing: forward only, the same for everybody, in public."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce
from standards.models import Consultation, RoundExtension
from standards.querysets.rounds import people_who_spoke


def instants(opens_on: date, closes_on: date, time_zone: str) -> tuple[datetime, datetime]:
    """Return the first instant inside and the first instant outside: 00:00 of the first day, 00:00 after the last one."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DomainError(_("There is no time zone “%(zone)s”.") % {"zone": time_zone}) from error
    return datetime.combine(opens_on, time(), zone), datetime.combine(closes_on + timedelta(days=1), time(), zone)


def missed_minimums(consultation: Consultation) -> dict[str, int]:
    """Return the minimum of each chamber of which fewer people spoke on time."""
    spoke = people_who_spoke(consultation)
    minimums = consultation.targets.order_by("chamber__position").values_list("chamber__code", "minimum")
    return {code: minimum for code, minimum in minimums if spoke.get(code, 0) < minimum}


def extend_if_unheard(consultation: Consultation) -> bool:
    """Extend a round that a chamber has missed, as often as the rules allow; tell whether it was.

    The caller holds the lock of the round and has seen that its closing has come. A clock that stood still for longer than the
    extension counts it from today: nobody is given days that have gone already.
    """
    rules = consultation.framework.rules
    missed = missed_minimums(consultation)
    if not missed or consultation.extensions >= rules.extensions or not rules.extension_days:
        return False
    more, today = timedelta(days=rules.extension_days), timezone.localdate(timezone=ZoneInfo(consultation.time_zone))
    wanted = consultation.closes_on + more
    put_off(consultation, wanted if wanted >= today else today + more, missed)
    Consultation.objects.filter(pk=consultation.pk).update(extensions=F("extensions") + 1)
    return True


def put_off(consultation: Consultation, closes_on: date, missed: dict[str, int]) -> RoundExtension:
    """Let a round close on a later day, and tell every member. Reminders begin anew; who spoke in the meantime was on time.

    `missed` is empty where a suspension is made up for. The caller holds the lock of the round.
    """
    _opens_at, closes_at = instants(consultation.opens_on, closes_on, consultation.time_zone)
    row = RoundExtension.objects.create(
        consultation=consultation,
        number=consultation.extended.count() + 1,
        old_closes_on=consultation.closes_on,
        new_closes_on=closes_on,
        missed=missed,
    )
    markers = {"reminded_week_at": None, "reminded_day_at": None}
    Consultation.objects.filter(pk=consultation.pk).update(closes_on=closes_on, closes_at=closes_at, **markers)
    consultation.comments.filter(late=True).update(late=False)
    announce("standards.round_extended", actor=None, target=consultation, number=row.number)
    return row
