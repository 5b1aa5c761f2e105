"""A recurrence rule said in words of the present language."""

from datetime import date, time
from typing import Any, Final

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from events.readers.rhythms import Rule

_WORKING: Final = 5  # weekdays before Saturday: in Portuguese they are of another gender than the two after them
_MONTHS: Final = {
    1: gettext_lazy("every month"),
    2: gettext_lazy("every two months"),
    3: gettext_lazy("every three months"),
    6: gettext_lazy("every six months"),
}
#: By position, for Monday to Friday and for Saturday and Sunday.
_ON_DAYS: Final = {
    0: (pgettext_lazy("Monday to Friday", "on each %(day)s"), pgettext_lazy("Saturday or Sunday", "on each %(day)s")),
    1: (pgettext_lazy("Monday to Friday", "on the first %(day)s"), pgettext_lazy("Saturday or Sunday", "on the first %(day)s")),
    2: (pgettext_lazy("Monday to Friday", "on the second %(day)s"), pgettext_lazy("Saturday or Sunday", "on the second %(day)s")),
    3: (pgettext_lazy("Monday to Friday", "on the third %(day)s"), pgettext_lazy("Saturday or Sunday", "on the third %(day)s")),
    4: (pgettext_lazy("Monday to Friday", "on the fourth %(day)s"), pgettext_lazy("Saturday or Sunday", "on the fourth %(day)s")),
    5: (pgettext_lazy("Monday to Friday", "on the fifth %(day)s"), pgettext_lazy("Saturday or Sunday", "on the fifth %(day)s")),
    -2: (
        pgettext_lazy("Monday to Friday", "on the last %(day)s but one"),
        pgettext_lazy("Saturday or Sunday", "on the last %(day)s but one"),
    ),
    -1: (pgettext_lazy("Monday to Friday", "on the last %(day)s"), pgettext_lazy("Saturday or Sunday", "on the last %(day)s")),
}
_ON_WEEKDAY: Final = (pgettext_lazy("Monday to Friday", "on %(day)s"), pgettext_lazy("Saturday or Sunday", "on %(day)s"))
_CHOSEN: Final = {
    1: pgettext_lazy("of some days", "the first"),
    2: pgettext_lazy("of some days", "the second"),
    3: pgettext_lazy("of some days", "the third"),
    4: pgettext_lazy("of some days", "the fourth"),
    5: pgettext_lazy("of some days", "the fifth"),
    -2: pgettext_lazy("of some days", "the last but one"),
    -1: pgettext_lazy("of some days", "the last"),
}


def rule_in_words(rule: Rule, starts_on: date, at: time | None = None) -> str:
    """Return when a group meets by `rule` and the day it starts on, and at what hour: “every month on the first Thursday at 18:00”."""
    parts = [_every(rule, starts_on), _on(rule, starts_on)]
    if at is not None:
        parts.append(_("at %(hour)s") % {"hour": f"{at:%H:%M}"})
    return ", ".join(filter(None, [" ".join(filter(None, parts)), _chosen(rule), _end(rule)]))


def _every(rule: Rule, starts_on: date) -> str:
    many = rule.interval
    if rule.frequency == "WEEKLY":
        return ngettext("every week", "every %(many)s weeks", many) % {"many": many}
    if rule.frequency == "MONTHLY" and many % 12:
        return str(_MONTHS.get(many) or _("every %(many)s months") % {"many": many})
    years = many if rule.frequency == "YEARLY" else many // 12
    words = ngettext("every year", "every %(many)s years", years) % {"many": years}
    if rule.frequency == "YEARLY":
        return words
    return _("%(every)s in %(month)s") % {"every": words, "month": _month(starts_on)}


def _on(rule: Rule, starts_on: date) -> str:
    """Return the days; where the rule names none, they are those of its first day."""
    days, month_days = rule.days, rule.month_days
    if not days and not month_days:
        if rule.frequency == "YEARLY":
            return _("on %(date)s") % {"date": date_format(starts_on, pgettext("day and month", "j F"))}
        days, month_days = (((0, starts_on.weekday()),), ()) if rule.frequency == "WEEKLY" else ((), (starts_on.day,))
    if not days:
        words = _listed([_month_day(day) for day in month_days])
        return _("%(days)s of every month") % {"days": words} if rule.frequency == "YEARLY" else words
    words = _listed([_weekday(rule, position, day) for position, day in days])
    if rule.frequency == "YEARLY" and any(position for position, _day in days):
        words = _("%(days)s of the year") % {"days": words}
    if month_days:
        numbers = _listed([str(day) if day > 0 else _("the last") for day in month_days])
        words = _("%(days)s if it is one of these days of the month: %(numbers)s") % {"days": words, "numbers": numbers}
    return words


def _weekday(rule: Rule, position: int, day: int) -> str:
    patterns = _ON_WEEKDAY if rule.frequency == "WEEKLY" else _ON_DAYS[position]
    return str(patterns[day >= _WORKING]) % {"day": day_name(day)}


def day_name(day: int) -> str:
    """Return the name of a weekday inside a sentence; only English writes it with a capital."""
    name = str(WEEKDAYS[day])
    return name if get_language() == "en" else name.lower()


def _month_day(day: int) -> str:
    return _("on day %(day)s") % {"day": day} if day > 0 else _("on the last day")


def _chosen(rule: Rule) -> str:
    if not rule.positions:
        return ""
    return _("only %(which)s of these days") % {"which": _listed([str(_CHOSEN[one]) for one in rule.positions])}


def _end(rule: Rule) -> str:
    if rule.count:
        return ngettext("%(many)s time in all", "%(many)s times in all", rule.count) % {"many": rule.count}
    if rule.until:
        return _("until %(date)s") % {"date": date_format(rule.until, pgettext("short date", "j M Y"))}
    return ""


def _month(day: date) -> str:
    name = date_format(day, "F")
    return name if get_language() == "en" else name.lower()


def _listed(words: list[Any]) -> str:
    return get_text_list(words, _("and"))
