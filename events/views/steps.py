"""The moves of an event as their pages word them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events import actions
from events.forms import CallOffForm, ReportForm, RescheduleForm
from events.models import Event
from events.notifications import ANNOUNCED, CALLED_OFF, CHANGED, REPORTED
from events.notifications.registering import OPENED

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A move: its title, what it does, the button, the word afterwards, the mail it sends, its form, and the action."""

    title: Words
    lead: Words
    button: Words
    done: Words
    mail: str
    mail_words: Words
    act: Callable[..., Event]
    form: str = ""
    grave: bool = False
    calm: bool = False


STEPS = {
    "announce": Step(
        _("Announce it"),
        _("From now on its audience sees it, and it stands in the calendars."),
        _("Announce"),
        _("It is announced."),
        ANNOUNCED,
        _("“An encounter is announced”, to those it is for"),
        actions.announce_event,
    ),
    "open": Step(
        _("Open registration"),
        _("From now on one registers, until the hour that the terms say. At the hour of opening this happens by itself."),
        _("Open registration"),
        _("Registration is open."),
        OPENED,
        _("“Registration is open”, to those the encounter is for"),
        actions.open_registration,
        calm=True,
    ),
    "close": Step(
        _("Close registration"),
        _("Nobody registers any more, and whoever is registered stays so. It opens again once the terms say another hour of closing."),
        _("Close registration"),
        _("Registration is closed."),
        "",
        _("Nobody is told."),
        actions.close_registration,
        calm=True,
    ),
    "postpone": Step(
        _("Postpone it"),
        _("It is taken off its date and struck out in the calendars. It can be given new dates later."),
        _("Postpone"),
        _("It is postponed."),
        CALLED_OFF,
        _("“The encounter is postponed”, to everybody who was told of it or follows it"),
        actions.postpone_event,
        "reason",
        True,
    ),
    "reschedule": Step(
        _("Give it new dates"),
        _("It is on again, with the new dates, and the calendars take them over."),
        _("Set the new dates"),
        _("It has its new dates."),
        CHANGED,
        _("“The encounter has changed”, to everybody who was told of it or follows it"),
        actions.reschedule_event,
        "dates",
    ),
    "cancel": Step(
        _("Cancel it"),
        _("It does not take place, and stays struck out in the calendars. This cannot be undone."),
        _("Cancel the encounter"),
        _("It is cancelled."),
        CALLED_OFF,
        _("“The encounter is cancelled”, to everybody who was told of it or follows it"),
        actions.cancel_event,
        "reason",
        True,
    ),
    "report": Step(
        _("Report on it"),
        _("What came of it, and how many were there. Numbers under five are not shown."),
        _("Publish the report"),
        _("The report is public to all who see the encounter."),
        REPORTED,
        _("“What came of the encounter”, to who follows it or its groups"),
        actions.report_event,
        "report",
    ),
}


def form_of(name: str, data: Any, event: Event) -> Any:
    """Return the form of a move; None for one that asks for nothing."""
    kind = STEPS[name].form
    if kind == "dates":
        form = RescheduleForm(data)
        form.remember(event)
        return form
    return {"reason": lambda: CallOffForm(data), "report": lambda: ReportForm(data, event=event)}.get(kind, lambda: None)()


def said(form: Any) -> dict[str, Any]:
    """Return what a valid form tells the action of its move."""
    if isinstance(form, RescheduleForm):
        return form.dates
    if isinstance(form, ReportForm):
        return {"report": form.written("report"), "figures": {name: form.cleaned_data[name] for name in form.FIGURES}}
    return {"reason": form.written("reason")} if form is not None else {}
