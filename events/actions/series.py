"""The rhythm of a group: setting it, leaving days out, calling the meetings that come of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.actions.editing import make_event
from events.actions.moves import announce_event
from events.enums import WITH_LINK, WITH_PLACE, EventKind
from events.models import Event, MeetingSeries
from events.notifications.series import DUE
from events.querysets.series import begins, called_days, days_ahead, rule_of, uncalled
from events.readers import BadRule, read_rule, refuse_far_start, rule_in_words
from events.states import LANGUAGES
from members.models import Group, User
from members.models.texts import told
from red_mpe.core import audit
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.actions import announce

PLAN: Final = "events.plan_series"
_PLACE: Final = ("venue", "municipality", "country")
_LIKE_THE_SERIES: Final = ("mode", "audience", "time_zone", "link", "languages", *_PLACE)


def set_series(*, group: Group, actor: User, seen: str = "", **facts: Any) -> MeetingSeries:
    """Set when and how a group meets, and let it go on; meetings that were called stay as they are.

    `facts` are columns by name; `seen` is when it was last saved as far as the writer knows, empty for a first one. Refused: a rule
    that is none or that nobody could keep, a first day more than two years away, less than its meetings need, and where somebody else
    saved in between.
    """
    require(actor, PLAN, group)
    facts["rule"] = _rule(group, facts)
    _refuse_without_place(facts)
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)  # two people who set the first one at once stand in line
        series = MeetingSeries.objects.filter(group=group).first()
        if (series.updated_at.isoformat() if series else "") != seen:
            raise StaleState
        series = series or MeetingSeries(group=group)
        for name, value in {**facts, "active": True, "proposed_on": None}.items():
            setattr(series, name, value)
        series.save()
        audit.record("events.series_set", actor=actor, target=series, rule=series.rule)
    return series


def _rule(group: Group, facts: dict[str, Any]) -> str:
    try:
        if not MeetingSeries.objects.filter(group=group, starts_on=facts["starts_on"]).exists():  # it may have begun long ago
            refuse_far_start(facts["starts_on"], timezone.localdate())
        return str(read_rule(facts["rule"], starts_on=facts["starts_on"], zone=facts["time_zone"]))
    except BadRule as refusal:
        raise DomainError(refusal.words) from refusal


def _refuse_without_place(facts: dict[str, Any]) -> None:
    """Refuse what could never be announced."""
    mode = facts["mode"]
    if mode in WITH_PLACE and not (facts.get("venue") and facts.get("municipality")):
        raise DomainError(_("Write the place and its municipality, or let the group meet on line."))
    if mode in WITH_LINK and not facts.get("link"):
        raise DomainError(_("Write the link to take part, or let the group meet on site."))


def stop_series(*, series: MeetingSeries, actor: User) -> MeetingSeries:
    """End the rhythm: no days are proposed any more. Called meetings stay; set again, it goes on. Done twice it is the same."""
    require(actor, PLAN, series.group)
    with transaction.atomic():
        if MeetingSeries.objects.filter(pk=series.pk, active=True).update(active=False, updated_at=timezone.now()):
            audit.record("events.series_stopped", actor=actor, target=series)
    series.refresh_from_db()
    return series


def skip_day(*, series: MeetingSeries, actor: User, day: date) -> MeetingSeries:
    """Leave a day out. Refused: a day that the rule does not have, and one whose meeting was called; that one can be cancelled."""
    require(actor, PLAN, series.group)
    with transaction.atomic():
        series = _locked(series)
        _refuse_foreign_days(series, [day])
        if series.meetings.filter(occurs_on=day).exists():
            raise DomainError(_("This meeting has been called: it can be cancelled on its page."))
        if day not in series.skipped:
            _write_skipped(series, actor, [*series.skipped, day], "events.day_skipped", day)
    return series


def unskip_day(*, series: MeetingSeries, actor: User, day: date) -> MeetingSeries:
    """Take a skipped day back in; one that was not skipped is no fault."""
    require(actor, PLAN, series.group)
    with transaction.atomic():
        series = _locked(series)
        if day in series.skipped:
            _write_skipped(series, actor, [one for one in series.skipped if one != day], "events.day_taken_in", day)
    return series


def _write_skipped(series: MeetingSeries, actor: User, days: list[date], verb: str, day: date) -> None:
    """Keep the days in order; those of more than a year ago are of no use any more."""
    old = timezone.localdate() - timedelta(days=366)
    series.skipped = sorted(one for one in days if one >= old)
    series.save()
    audit.record(verb, actor=actor, target=series, day=day.isoformat())


def call_meetings(*, series: MeetingSeries, actor: User, days: Iterable[date]) -> list[Event]:
    """Announce the meetings of these days, each once: of a day that was called before, nothing is made and nobody is told again.

    Return those that were made. Refused as a whole: a day that the rule does not have, that is skipped or has begun.
    """
    require(actor, PLAN, series.group)
    with transaction.atomic():
        series = _locked(series)
        wanted = sorted(set(days) - called_days([series])[series.pk])
        _refuse_foreign_days(series, wanted)
        if skipped := [day for day in wanted if day in series.skipped]:
            raise DomainError(_("These days are left out: %(days)s.") % {"days": _named(skipped)})
        return [_call(series, actor, day) for day in wanted]


def _locked(series: MeetingSeries) -> MeetingSeries:
    return MeetingSeries.objects.select_related("group").select_for_update(of=("self",)).get(pk=series.pk)


def _refuse_foreign_days(series: MeetingSeries, days: list[date]) -> None:
    if not days:
        return
    ahead = days_ahead(series, timezone.now())
    last, known = max(days), set()
    for day in ahead:
        known.add(day)
        if day >= last:
            break
    if foreign := [day for day in days if day not in known]:
        raise DomainError(_("The rhythm of the group has no meeting ahead on these days: %(days)s.") % {"days": _named(foreign)})


def _named(days: list[date]) -> str:
    return ", ".join(date_format(day, pgettext("short date", "j M Y")) for day in days)


def _call(series: MeetingSeries, actor: User, day: date) -> Event:
    """Make the meeting of one day like the rhythm, and announce it."""
    starts = begins(series, day)
    facts = {name: getattr(series, name) for name in _LIKE_THE_SERIES} | {"country": str(series.country or "")}
    event = make_event(
        actor=actor,
        once=uuid4(),
        kind=EventKind.MEETING,
        starts_at=starts,
        ends_at=starts + series.length,
        series=series,
        occurs_on=day,
        groups=[series.group],
        **facts,
        **_words(series, day),
    )
    return announce_event(actor=actor, event=event)


def _words(series: MeetingSeries, day: date) -> dict[str, str]:
    """Return title and summary in each language: the title names the month, or the day where the group meets more often."""
    words = {}
    for language in LANGUAGES:
        with translation.override(SITE_LANGUAGE[language]):
            title = told(series, "title").text or _("Meeting of %(group)s") % {"group": told(series.group, "name").text}
            words[f"title_{language}"] = (_("%(title)s, %(when)s") % {"title": title, "when": _when(series, day)})[:160]
            words[f"summary_{language}"] = capfirst(rule_in_words(rule_of(series), series.starts_on, series.starts_time)) + "."
    return words


def _when(series: MeetingSeries, day: date) -> str:
    rule = rule_of(series)
    often = rule.frequency == "WEEKLY" or len(rule.days) + len(rule.month_days) > 1 or any(not place for place, _day in rule.days)
    return date_format(day, pgettext("short date", "j M Y") if often else pgettext("month and year", "F Y"))


def propose_due() -> int:
    """Tell who leads a group, once for each day, that its next meeting is near and not called; return how many groups were told of."""
    proposed = 0
    for day, series in uncalled(MeetingSeries.objects.all(), timezone.now()):
        with transaction.atomic():
            fresh = MeetingSeries.objects.filter(Q(proposed_on=None) | Q(proposed_on__lt=day), pk=series.pk, active=True)
            if fresh.update(proposed_on=day):
                announce(DUE, actor=None, target=series, day=day.isoformat())
                proposed += 1
    return proposed
