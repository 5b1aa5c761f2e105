"""Moving an event on, by hand and by the clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions
from events.enums import EventState
from events.models import Event
from events.states import BY_HAND
from events.tasks import hold_events, remind_followers
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from red_mpe.notifications.models import Announcement
from tests.factories.events import announced, draft, held, stored

WHY = {"es": "Las lluvias cortaron el camino."}
MADE_HERE = [name for name in BY_HAND if name not in ("open", "close")]  # those are in test_terms.py
FIGURES = {"attended": 600, "women": 240, "men": 300}


def verbs():
    return list(Announcement.objects.order_by("pk").values_list("entry__verb", flat=True))


def act(name, actor, event):
    later = event.starts_at + timedelta(days=30)
    arguments = {
        "announce": {},
        "postpone": {"reason": WHY},
        "cancel": {"reason": WHY},
        "reschedule": {"starts_at": later, "ends_at": later + timedelta(hours=2), "time_zone": "America/Lima"},
        "report": {"report": {"es": "Fue bueno."}, "figures": FIGURES},
    }
    return getattr(actions, f"{name}_event")(actor=actor, event=event, **arguments[name])


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("name", MADE_HERE)
def test_move_starts_only_where_the_table_says(secretary, name, state):
    event = held("uno", state=state) if name == "report" else stored("uno", state=state)
    if state in BY_HAND[name].sources or (name == "report" and state == "reported"):
        assert act(name, secretary, event).state == BY_HAND[name].target
    else:
        with pytest.raises(StaleState):
            act(name, secretary, event)


@pytest.mark.parametrize("name", MADE_HERE)
def test_member_makes_no_move(miner, name):
    event = stored("uno", state=next(iter(BY_HAND[name].sources)))
    with pytest.raises(PermissionDenied):
        act(name, miner.user, event)
    assert not Announcement.objects.exists()


def test_chair_moves_events_of_the_own_group(chair, group):
    assert act("announce", chair, draft(chair, groups=[group])).state == "announced"


@pytest.mark.parametrize(
    ("name", "state", "verb"),
    [
        ("announce", "draft", "event_announced"),
        ("postpone", "announced", "event_called_off"),
        ("cancel", "announced", "event_called_off"),
        ("reschedule", "postponed", "event_changed"),
        ("report", "held", "event_reported"),
    ],
)
def test_each_move_is_announced_and_audited(secretary, name, state, verb):
    event = held("uno", state=state) if name == "report" else stored("uno", state=state)
    act(name, secretary, event)
    assert verbs() == [f"events.{verb}"]
    assert AuditEntry.objects.get(verb=f"events.{verb}").actor == secretary


def test_announcing_names_everything_that_is_missing(secretary):
    event = draft(secretary, title_es="", venue="", starts_at=timezone.now() - timedelta(days=2))
    with pytest.raises(GuardsUnmet) as refusal:
        act("announce", secretary, event)
    assert len(refusal.value.unmet) == 3


def test_announcing_remembers_when(secretary):
    assert announced(secretary).announced_at == timezone.now()


@pytest.mark.parametrize("name", ["postpone", "cancel"])
@pytest.mark.parametrize("reason", [{}, {"es": "  "}, {"en": "…"}])
def test_calling_off_needs_a_reason(secretary, name, reason):
    event = announced(secretary)
    with pytest.raises(DomainError):
        getattr(actions, f"{name}_event")(actor=secretary, event=event, reason=reason)


def test_reason_in_one_language_is_enough(secretary):
    assert actions.cancel_event(actor=secretary, event=announced(secretary), reason={"pt": "Chuva"}).reason_pt == "Chuva"


@pytest.mark.parametrize("name", ["postpone", "cancel"])
def test_calling_off_grows_the_sequence(secretary, name):
    event = announced(secretary)
    before = event.sequence
    assert act(name, secretary, event).sequence == before + 1


def test_new_dates_take_the_reason_away(secretary):
    event = act("postpone", secretary, announced(secretary))
    assert act("reschedule", secretary, event).reason_es == ""


def test_new_dates_move_the_days(secretary):
    event = act("postpone", secretary, announced(secretary))
    before = event.starts_on
    assert act("reschedule", secretary, event).starts_on == before + timedelta(days=30)


def test_new_dates_in_the_past_are_refused(secretary):
    event, past = act("postpone", secretary, announced(secretary)), timezone.now() - timedelta(days=3)
    with pytest.raises(GuardsUnmet):
        actions.reschedule_event(actor=secretary, event=event, starts_at=past, ends_at=past + timedelta(hours=1), time_zone="America/Lima")
    assert Event.objects.get(pk=event.pk).state == "postponed"


def test_report_keeps_words_and_figures(secretary):
    event = act("report", secretary, held("uno"))
    assert (event.report_es, event.attended, event.women, event.speakers) == ("Fue bueno.", 600, 240, None)


def test_report_without_words_is_refused(secretary):
    with pytest.raises(GuardsUnmet):
        actions.report_event(actor=secretary, event=held("uno"), report={"es": " "}, figures={})


def test_corrected_report_is_told_to_nobody_again(secretary):
    event = act("report", secretary, held("uno"))
    actions.report_event(actor=secretary, event=event, report={"es": "Fue mejor."}, figures=FIGURES)
    assert event.report_es == "Fue mejor."
    assert verbs() == ["events.event_reported"]
    assert AuditEntry.objects.filter(verb="events.report_corrected").exists()


def test_correction_cannot_empty_the_report(secretary):
    event = act("report", secretary, held("uno"))
    with pytest.raises(DomainError):
        actions.report_event(actor=secretary, event=event, report={}, figures=FIGURES)


def test_member_corrects_no_report(miner):
    with pytest.raises(PermissionDenied):
        act("report", miner.user, held("uno", state="reported"))


def test_what_has_ended_is_held(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.ends_at)
    assert actions.hold_events() == 1
    assert Event.objects.get(pk=event.pk).state == "held"


def test_what_goes_on_is_not_held_yet(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.ends_at - timedelta(seconds=1))
    assert actions.hold_events() == 0


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled", "reported"])
def test_what_is_not_on_is_never_held(db, state):
    held("uno", state=state)
    assert actions.hold_events() == 0


def test_the_clock_runs_twice_without_harm(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.ends_at)
    hold_events()
    hold_events()
    assert AuditEntry.objects.filter(verb="events.event_held").count() == 1


@pytest.mark.parametrize(("days", "reminded"), [(8, 0), (7, 1), (3, 1), (2, 0), (1, 1)])
def test_reminders_are_sent_within_their_range(secretary, clock, days, reminded):
    event = stored(
        "uno", moved_at=timezone.now(), starts_at=timezone.now() + timedelta(days=20), ends_at=timezone.now() + timedelta(days=21)
    )
    clock.move_to(event.starts_at - timedelta(days=days))
    assert actions.send_reminders() == reminded


def test_each_reminder_is_sent_once(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.starts_at - timedelta(days=6))
    remind_followers()
    remind_followers()
    assert verbs().count("events.event_near") == 1


def test_week_and_day_are_two_reminders(secretary, clock):
    event = announced(secretary)
    for days in (6, 1):
        clock.move_to(event.starts_at - timedelta(days=days))
        remind_followers()
    assert sorted(event.reminders.values_list("days", flat=True)) == [1, 7]


def test_what_was_announced_within_the_range_needs_no_reminder(secretary):
    start = timezone.now() + timedelta(days=5)
    announced(secretary, starts_at=start, ends_at=start + timedelta(hours=1))
    assert actions.send_reminders() == 0


def test_new_dates_are_recalled_again(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.starts_at - timedelta(days=6))
    remind_followers()
    act("reschedule", secretary, act("postpone", secretary, event))
    clock.move_to(event.starts_at - timedelta(days=6))
    remind_followers()
    assert event.reminders.count() == 2


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_nobody_is_reminded_of_what_is_not_on(db, clock, state):
    event = stored("uno", state=state, moved_at=timezone.now())
    clock.move_to(event.starts_at - timedelta(days=1))
    assert actions.send_reminders() == 0
