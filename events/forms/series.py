"""When and how a group meets: by words that everybody knows, or by a rule for who can write one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_countries import countries

from events.enums import CALLED_OFF, EventAudience, EventKind, EventMode
from events.forms.events import InLanguages
from events.forms.zones import ZoneField
from events.models import MeetingSeries
from events.readers import BadRule, Rule, read_rule, refuse_far_start
from members.enums import Cadence, Spoken
from members.models import Group
from red_mpe.core.forms import LineField, PlainSelect

#: How often, as the form words it: frequency and interval.
EVERY: Final = {
    "1w": (gettext_lazy("Every week"), "WEEKLY", 1),
    "2w": (gettext_lazy("Every two weeks"), "WEEKLY", 2),
    "1m": (gettext_lazy("Every month"), "MONTHLY", 1),
    "2m": (gettext_lazy("Every two months"), "MONTHLY", 2),
    "3m": (gettext_lazy("Every three months"), "MONTHLY", 3),
    "6m": (gettext_lazy("Every six months"), "MONTHLY", 6),
    "12m": (gettext_lazy("Every year"), "MONTHLY", 12),
}
#: Which of the weekdays of a month; "day" is a number instead.
WHICH: Final = {
    "1": pgettext_lazy("weekday of a month", "first"),
    "2": pgettext_lazy("weekday of a month", "second"),
    "3": pgettext_lazy("weekday of a month", "third"),
    "4": pgettext_lazy("weekday of a month", "fourth"),
    "-1": pgettext_lazy("weekday of a month", "last"),
    "day": pgettext_lazy("weekday of a month", "on a day with a number"),
}
_BY_CADENCE: Final = {Cadence.EVERY_TWO_MONTHS: "2m", Cadence.QUARTERLY: "3m"}
_LIKE_LAST: Final = ("mode", "audience", "time_zone", "venue", "municipality", "link", "languages")
_REMEMBERED: Final = 6  # meetings that tell how a group is used to meet


class SeriesForm(InLanguages):
    """The rhythm of a group. What stands in `rule` comes before the words above it."""

    texts = ("title",)
    every = forms.ChoiceField(label=gettext_lazy("How often"), choices=[(code, words[0]) for code, words in EVERY.items()])
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the month"), choices=list(WHICH.items()), help_text=gettext_lazy("By the week this does not count.")
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"), choices=lambda: [(day, capfirst(str(name))) for day, name in DAY_NAMES.items()], coerce=int
    )
    month_day = forms.IntegerField(label=gettext_lazy("Day of the month"), required=False, min_value=1, max_value=31)
    rule = forms.CharField(
        label=gettext_lazy("Recurrence rule"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As calendars write it (RFC 5545), for a rhythm that the words above cannot say. Left empty, they count."),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    starts_time = forms.TimeField(label=gettext_lazy("Hour"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=gettext_lazy("Length in minutes"), min_value=5, max_value=1440)
    time_zone = ZoneField(label=gettext_lazy("By the clock of"))
    mode = forms.ChoiceField(label=gettext_lazy("How one takes part"), choices=EventMode)
    audience = forms.ChoiceField(label=gettext_lazy("Who sees it"), choices=EventAudience)
    venue = LineField(label=gettext_lazy("Place"), required=False, max_length=160)
    municipality = LineField(label=gettext_lazy("Municipality"), required=False, max_length=120)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=lambda: [("", "—"), *countries], required=False, widget=PlainSelect)
    link = forms.URLField(
        label=gettext_lazy("Link to take part"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=gettext_lazy("Only who sits in the group reads it, on the page of each meeting. It is in no mail and no calendar."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=Spoken, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, series: MeetingSeries | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = series.starts_on if series else None
        self.initial = {**(_known(series) if series else proposal(group)), **self.initial}

    def clean_languages(self) -> list[str]:
        """Languages in a fixed order."""
        return sorted(self.cleaned_data["languages"])

    def clean_starts_on(self) -> date:
        """A day that is near; the day with which the rhythm began once stays."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on != self.first:
            try:
                refuse_far_start(starts_on, timezone.localdate())
            except BadRule as refusal:
                raise forms.ValidationError(str(refusal.words)) from refusal
        return starts_on

    def clean(self) -> dict[str, Any]:
        """Make the rule of what was chosen, or read the one that was written."""
        data = super().clean() or self.cleaned_data
        if data.get("which") == "day" and not data.get("rule") and _by_month(data.get("every")) and not data.get("month_day"):
            self.add_error("month_day", _("Write the number of the day."))
        if {"every", "which", "weekday", "starts_on", "time_zone"} <= data.keys() and not self.errors:
            self._read(data)
        return data

    def _read(self, data: dict[str, Any]) -> None:
        written = data.get("rule") or str(chosen_rule(data["every"], data["which"], data["weekday"], data.get("month_day")))
        try:
            self.cleaned_data["rule"] = str(read_rule(written, starts_on=data["starts_on"], zone=data["time_zone"]))
        except BadRule as refusal:
            self.add_error("rule" if data.get("rule") else None, str(refusal.words))

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        out = {"every", "which", "weekday", "month_day", "seen"}
        return {name: value for name, value in self.cleaned_data.items() if name not in out}


class DaysForm(forms.Form):
    """Days of a rhythm."""

    days = forms.TypedMultipleChoiceField(
        coerce=date.fromisoformat,
        error_messages={
            "required": gettext_lazy("Choose at least one day."),
            "invalid_choice": gettext_lazy("The list has changed in the meantime: look at the days again."),
        },
    )

    def __init__(self, *args: Any, days: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(day.isoformat(), day.isoformat()) for day in days]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """One day of a rhythm."""

    day = forms.DateField()


class PresentForm(forms.Form):
    """Who of a committee has come, and how: the slug of the member and the mode, with a space between."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.CharField(max_length=100)

    def clean_who(self) -> tuple[str, str]:
        """Take it apart."""
        slug, _space, mode = self.cleaned_data["who"].partition(" ")
        if mode not in (EventMode.ON_SITE, EventMode.ON_LINE):
            raise forms.ValidationError(_("Choose somebody of the list."))
        return slug, mode


def chosen_rule(every: str, which: str, weekday: int, month_day: int | None) -> Rule:
    """Return the rule that the words of the form say."""
    _words, frequency, interval = EVERY[every]
    if frequency == "WEEKLY":
        return Rule(frequency, interval, days=((0, weekday),))
    if which == "day":
        return Rule(frequency, interval, month_days=(month_day or 1,))
    return Rule(frequency, interval, days=((int(which), weekday),))


def _by_month(every: str | None) -> bool:
    return every in EVERY and EVERY[every or ""][1] == "MONTHLY"


def words_of(rule: Rule) -> dict[str, Any]:
    """Return what the words of the form would be for a rule; empty where they cannot say it."""
    every = next((code for code, (_words, *known) in EVERY.items() if known == [rule.frequency, rule.interval]), None)
    if every is None or rule.positions or rule.count or rule.until or len(rule.days) + len(rule.month_days) != 1:
        return {}
    if rule.month_days:
        return {"every": every, "which": "day", "month_day": rule.month_days[0]} if rule.month_days[0] > 0 else {}
    position, weekday = rule.days[0]
    if rule.frequency == "WEEKLY":
        return {"every": every, "weekday": weekday}
    return {"every": every, "which": str(position), "weekday": weekday} if str(position) in WHICH else {}


def _known(series: MeetingSeries) -> dict[str, Any]:
    """The rhythm as it is: in the words of the form where they can say it."""
    plain = ("starts_on", "starts_time", "minutes", *_LIKE_LAST, *(f"title_{language}" for language in ("es", "en", "pt")))
    known = {name: getattr(series, name) for name in plain}
    words = words_of(read_rule(series.rule, starts_on=series.starts_on, zone=series.time_zone))
    rest = {"country": str(series.country or ""), "seen": series.updated_at.isoformat(), "rule": "" if words else series.rule}
    return {"every": "1m", "which": "1", "weekday": series.starts_on.weekday(), **known, **words, **rest}


def proposal(group: Group) -> dict[str, Any]:
    """Return a first rhythm: as often as the group's cadence says, on the weekday and at the hour at which it met last."""
    events: Any = group.events  # type: ignore[attr-defined]
    last = list(events.filter(kind=EventKind.MEETING).exclude(state__in=CALLED_OFF).order_by("-starts_at")[:_REMEMBERED])
    first = {"every": _BY_CADENCE.get(Cadence(group.cadence), "1m"), "which": "1", "weekday": 3, "starts_time": "18:00", "minutes": 120}
    first |= {"starts_on": timezone.localdate(), "time_zone": "America/Lima", "mode": EventMode.ON_LINE, "audience": EventAudience.GROUP}
    if not last:
        return first
    starts = [event.starts_at.astimezone(event.zone) for event in last]
    which, weekday, hour = Counter(((one.day - 1) // 7 + 1, one.weekday(), f"{one:%H:%M}") for one in starts).most_common(1)[0][0]
    like = {name: getattr(last[0], name) for name in _LIKE_LAST} | {"country": str(last[0].country or "")}
    length = int((last[0].ends_at - last[0].starts_at).total_seconds() // 60)
    used = {"which": str(which) if which <= 4 else "-1", "weekday": weekday, "starts_time": hour, "minutes": min(max(length, 5), 1440)}
    return first | like | used
