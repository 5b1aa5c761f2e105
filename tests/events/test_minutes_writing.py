"""Writing minutes: once an event, one writer over another never, and after approval nothing."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions
from events.actions.keeping import WrittenMeanwhile, mark_of
from events.enums import MinutesState
from events.models import Minutes, MinutesItem, Resolution, Session, Task
from events.states import MINUTES_MOVES
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from tests.factories.events import held, make_group, stored
from tests.factories.minutes import DECIDED, WORDS, begun, item_of, meeting, published, task_for


@pytest.fixture
def event(group):
    return meeting("junta", group)


@pytest.fixture
def minutes(event, chair):
    return begun(event, chair)


@pytest.fixture
def item(minutes):
    return item_of(minutes)


def change(item, actor, *, summary="Otra cosa.", seen=""):
    return actions.change_item(item=item, actor=actor, title={"es": "Agua"}, summary={"es": summary}, seen=seen)


def session(event, title, hour, kind="plenary"):
    start = event.starts_at + timedelta(hours=hour)
    more = {"slug": f"s{hour}", "once": uuid.uuid4(), "kind": kind, "title_es": title}
    return Session.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=1), **more)


# --- beginning


def test_minutes_begin_once(event, chair, secretary):
    first = actions.start_minutes(event=event, actor=chair)
    assert actions.start_minutes(event=event, actor=secretary) == first
    assert first.written_by == chair
    assert AuditEntry.objects.filter(verb="events.minutes_started").count() == 1


def test_minutes_begin_with_the_sessions_but_for_breaks(chair, group):
    event = held("convencion", groups=[group])
    second, first = session(event, "Cierre", 2), session(event, "Apertura", 0)
    session(event, "Café", 1, "break")
    minutes = actions.start_minutes(event=event, actor=chair)
    assert list(minutes.items.values_list("title_es", "session", "position")) == [("Apertura", first.pk, 0), ("Cierre", second.pk, 1)]


def test_minutes_without_agenda_begin_empty(event, chair):
    assert not actions.start_minutes(event=event, actor=chair).items.exists()


def test_meeting_begins_with_what_the_one_before_left(event, chair, group):
    minutes = published(meeting("antes", group, days_ago=40), chair)
    open_task = task_for(minutes, chair, who="Don Julio")
    done = actions.add_task(item=item_of(minutes), actor=chair, text={"es": "Ya hecho"}, who="Ana")
    actions.close_task(task=done, actor=chair, state="done")
    first = actions.start_minutes(event=event, actor=chair).items.first()
    assert first.title_es == "Acta y tareas de la reunión anterior"
    assert "Se propone aprobar el acta" in first.summary_es
    assert open_task.code in first.summary_pt
    assert done.code not in first.summary_es


def test_approved_minutes_are_not_proposed_again(event, chair, group):
    before = published(meeting("antes", group, days_ago=40), chair)
    between = meeting("entre", group, days_ago=20)
    actions.approve_minutes(minutes=before, actor=chair, at_event=between)
    Minutes.objects.filter(event=between).delete()
    assert "aprobar" not in actions.start_minutes(event=event, actor=chair).items.first().summary_es


def test_draft_of_the_meeting_before_is_not_proposed(event, chair, group):
    begun(meeting("antes", group, days_ago=40), chair)
    assert not actions.start_minutes(event=event, actor=chair).items.exists()


def test_minutes_of_another_group_are_not_proposed(event, chair, secretary):
    published(meeting("ajena", make_group("otra"), days_ago=40), secretary)
    assert not actions.start_minutes(event=event, actor=chair).items.exists()


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("group", "group", True),
        ("public", "group", True),
        ("members", "public", False),
        ("group", "members", False),
        ("public", "public", True),
    ],
)
def test_tasks_are_carried_only_to_who_may_read_them(chair, group, before, now, told):
    minutes = published(meeting("antes", group, days_ago=40, audience=before), chair)
    task = task_for(minutes, chair, who="Don Julio")
    later = actions.start_minutes(event=meeting("ahora", group, audience=now), actor=chair)
    assert (task.code in later.items.first().summary_es) is told


def test_tasks_are_not_carried_to_a_wider_circle_of_groups(chair, group):
    minutes = published(meeting("antes", group, days_ago=40), chair)
    task = task_for(minutes, chair, who="Don Julio")
    event = meeting("ahora", group)
    event.groups.add(make_group("otra"))
    assert task.code not in actions.start_minutes(event=event, actor=chair).items.first().summary_es


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed"])
def test_no_minutes_of_what_is_not_on(chair, group, state):
    with pytest.raises(DomainError, match="se convocó"):
        actions.start_minutes(event=stored("x", state=state, groups=[group]), actor=chair)


def test_who_only_sits_in_the_group_begins_nothing(event, seated):
    with pytest.raises(PermissionDenied):
        actions.start_minutes(event=event, actor=seated)


# --- words


def test_opening_is_written_clean(minutes, chair):
    actions.write_opening(minutes=minutes, actor=chair, opening={"es": " Buenas tardes.\u0000 ", "en": "Hello"})
    minutes.refresh_from_db()
    assert (minutes.opening_es, minutes.opening_en, minutes.opening_pt) == ("Buenas tardes.", "Hello", "")


def test_opening_of_others_is_not_written_over(minutes, chair, secretary):
    seen = mark_of(minutes, "opening")
    actions.write_opening(minutes=minutes, actor=secretary, opening={"es": "Uno"}, seen=seen)
    with pytest.raises(WrittenMeanwhile) as refusal:
        actions.write_opening(minutes=minutes, actor=chair, opening={"es": "Dos"}, seen=seen)
    assert refusal.value.present.opening_es == "Uno"


def test_item_is_added_at_the_end(minutes, item, chair):
    more = actions.add_item(minutes=minutes, actor=chair, title={"pt": "Contas"})
    assert (item.position, more.position) == (0, 1)


def test_item_sent_twice_is_one(minutes, chair):
    for _turn in range(2):
        actions.add_item(minutes=minutes, actor=chair, title={"es": "Cuentas"}, summary=WORDS)
    assert minutes.items.count() == 2


@pytest.mark.parametrize("title", [{}, {"es": "  "}, {"es": "…"}])
def test_item_without_title_is_refused(minutes, chair, title):
    with pytest.raises(DomainError, match="título"):
        actions.add_item(minutes=minutes, actor=chair, title=title)


def test_item_takes_no_session_of_another_event(minutes, item, chair):
    foreign = session(held("otro"), "Apertura", 0)
    with pytest.raises(DomainError, match="otro encuentro"):
        actions.add_item(minutes=minutes, actor=chair, title={"es": "X"}, session=foreign)
    with pytest.raises(DomainError, match="otro encuentro"):
        actions.change_item(item=item, actor=chair, title={"es": "X"}, summary={}, session=foreign)


def test_item_is_tied_to_a_session(event, item, chair):
    opening = session(event, "Apertura", 0)
    assert actions.change_item(item=item, actor=chair, title={"es": "X"}, summary={}, session=opening).session == opening


def test_item_keeps_its_session_where_nothing_is_said_of_it(event, minutes, chair):
    opening = session(event, "Apertura", 0)
    item = actions.add_item(minutes=minutes, actor=chair, title={"es": "X"}, session=opening)
    assert change(item, chair).session == opening


def test_words_of_others_are_not_written_over(item, chair, secretary):
    seen = mark_of(item, "title", "summary")
    change(item, secretary, summary="Uno.", seen=seen)
    with pytest.raises(WrittenMeanwhile) as refusal:
        change(item, chair, summary="Dos.", seen=seen)
    assert refusal.value.present.summary_es == "Uno."
    item.refresh_from_db()
    assert item.summary_es == "Uno."


def test_writing_on_another_item_is_no_conflict(minutes, item, chair, secretary):
    other = actions.add_item(minutes=minutes, actor=chair, title={"es": "Cuentas"})
    seen = mark_of(item, "title", "summary")
    change(other, secretary)
    assert change(item, chair, seen=seen).summary_es == "Otra cosa."


def test_same_words_sent_twice_are_no_conflict(item, chair):
    seen = mark_of(item, "title", "summary")
    change(item, chair, seen=seen)
    assert change(item, chair, seen=seen).summary_es == "Otra cosa."


@pytest.mark.parametrize(("by", "order"), [(-1, "B Agua C"), (1, "Agua C B"), (-9, "B Agua C"), (9, "Agua C B")])
def test_item_moves_and_stays_in_the_list(minutes, chair, by, order):
    middle = actions.add_item(minutes=minutes, actor=chair, title={"es": "B"})
    actions.add_item(minutes=minutes, actor=chair, title={"es": "C"})
    actions.move_item(item=middle, actor=chair, by=by)
    assert " ".join(minutes.items.values_list("title_es", flat=True)) == order


def test_item_of_a_draft_goes_with_what_it_holds(item, chair):
    actions.remove_item(item=item, actor=chair)
    assert not MinutesItem.objects.exists()
    assert not Task.objects.exists()


def test_published_item_does_not_take_its_decisions_with_it(event, chair):
    minutes = published(event, chair)
    with pytest.raises(DomainError, match="anular"):
        actions.remove_item(item=item_of(minutes), actor=chair)


def test_published_item_that_holds_nothing_can_go(event, chair):
    minutes = published(event, chair)
    item = actions.add_item(minutes=minutes, actor=chair, title={"es": "Varios"})
    actions.remove_item(item=item, actor=chair)
    assert minutes.items.count() == 1


# --- decisions and agreements


def test_resolution_sent_twice_is_one(item, chair):
    for _turn in range(2):
        actions.add_resolution(item=item, actor=chair, kind="decision", text=DECIDED)
    assert item.resolutions.count() == 2  # and the agreement


def test_resolution_says_something(item, chair):
    with pytest.raises(DomainError, match="qué se resolvió"):
        actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": " "})


def test_resolution_changes_its_kind_in_a_draft(item, chair):
    row = item.resolutions.get(kind="decision")
    assert actions.change_resolution(resolution=row, actor=chair, kind="agreement", text=DECIDED).kind == "agreement"


def test_resolution_of_others_is_not_written_over(item, chair, secretary):
    row = item.resolutions.get(kind="decision")
    seen = mark_of(row, "text")
    actions.change_resolution(resolution=row, actor=secretary, kind="decision", text={"es": "Uno"}, seen=seen)
    with pytest.raises(WrittenMeanwhile):
        actions.change_resolution(resolution=row, actor=chair, kind="decision", text={"es": "Dos"}, seen=seen)


def test_resolution_of_a_draft_goes(item, chair):
    actions.remove_resolution(resolution=item.resolutions.get(kind="decision"), actor=chair)
    assert item.resolutions.count() == 1


def numbers(minutes):
    return list(Resolution.objects.filter(item__minutes=minutes).order_by("kind", "position").values_list("kind", "position", "text_es"))


def test_publishing_numbers_each_kind_in_reading_order(minutes, item, chair):
    first = actions.add_item(minutes=minutes, actor=chair, title={"es": "Antes"})
    actions.add_resolution(item=first, actor=chair, kind="decision", text={"es": "Primero."})
    actions.move_item(item=first, actor=chair, by=-1)
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert numbers(minutes) == [
        ("agreement", 1, "Volver en mayo."),
        ("decision", 1, "Primero."),
        ("decision", 2, "Se mide el río cada mes."),
    ]


def test_number_of_what_is_struck_out_is_not_given_again(event, chair):
    minutes = published(event, chair)
    item = item_of(minutes)
    actions.remove_resolution(resolution=item.resolutions.get(kind="decision"), actor=chair)
    added = actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "Otra."})
    assert added.position == 2
    assert ("decision", 1, "") in numbers(minutes)


def test_numbers_outlive_a_withdrawal(event, chair):
    minutes = actions.withdraw_minutes(minutes=published(event, chair), actor=chair)
    item = actions.add_item(minutes=minutes, actor=chair, title={"es": "Antes"})
    actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "Nueva."})
    actions.move_item(item=item, actor=chair, by=-9)
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert ("decision", 1, "Se mide el río cada mes.") in numbers(minutes)


def test_numbered_resolution_keeps_its_kind(event, chair):
    row = item_of(published(event, chair)).resolutions.get(kind="decision")
    with pytest.raises(DomainError, match="número"):
        actions.change_resolution(resolution=row, actor=chair, kind="agreement", text=DECIDED)


# --- moves


def test_published_minutes_say_since_when(minutes, chair, clock):
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert (minutes.state, minutes.published_at) == (MinutesState.PUBLISHED, timezone.now())


def test_only_what_was_read_is_published(minutes, item, chair, secretary):
    minutes.refresh_from_db()
    revision = minutes.revision
    change(item, secretary)
    with pytest.raises(StaleState):
        actions.publish_minutes(minutes=minutes, actor=chair, revision=revision)
    minutes.refresh_from_db()
    assert actions.publish_minutes(minutes=minutes, actor=chair, revision=minutes.revision).state == MinutesState.PUBLISHED


def test_empty_minutes_are_not_published(event, chair):
    with pytest.raises(GuardsUnmet, match="todavía"):
        actions.publish_minutes(minutes=actions.start_minutes(event=event, actor=chair), actor=chair)


def test_item_without_title_holds_publishing_up(event, minutes, chair):
    minutes.items.create(summary_es="Sin título.")
    with pytest.raises(GuardsUnmet, match="no tiene título"):
        actions.publish_minutes(minutes=minutes, actor=chair)


def test_what_has_not_begun_is_not_published(chair, group):
    minutes = begun(stored("futura", groups=[group]), chair)
    with pytest.raises(GuardsUnmet, match="empezado"):
        actions.publish_minutes(minutes=minutes, actor=chair)


def test_corrections_leave_a_trace_without_words(event, chair):
    minutes = published(event, chair)
    change(item_of(minutes), chair, summary="Corregido.")
    data = AuditEntry.objects.get(verb="events.minutes_item_changed").data
    assert data["corrected"] is True
    assert data["after"] == [4, 0, 0, 10, 0, 0]
    assert "Corregido" not in str(data)


def test_writing_a_draft_is_no_correction(item, chair):
    change(item, chair)
    assert AuditEntry.objects.get(verb="events.minutes_item_changed").data["corrected"] is False


@pytest.fixture
def approved(event, chair, group):
    minutes = published(meeting("antes", group, days_ago=40), chair)
    return actions.approve_minutes(minutes=minutes, actor=chair, at_event=event)


def test_approval_stands_in_the_minutes_of_the_later_meeting(approved, event, chair):
    assert (approved.state, approved.approved_in) == (MinutesState.APPROVED, event)
    row = Resolution.objects.get(item__minutes__event=event)
    assert (row.kind, row.item.position) == ("agreement", 0)
    assert row.text_es.startswith("Se aprueba el acta de la reunión del")
    assert row.text_en.startswith("The minutes of the meeting of")


def test_approval_is_put_on_top_where_nothing_waits_for_it(event, chair, group):
    later = actions.start_minutes(event=event, actor=chair)
    minutes = published(meeting("antes", group, days_ago=40), chair)
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=event)
    assert later.items.get().resolutions.count() == 1


ACTS = {
    "opening": lambda minutes, who: actions.write_opening(minutes=minutes, actor=who, opening={"es": "x"}),
    "item": lambda minutes, who: actions.add_item(minutes=minutes, actor=who, title={"es": "x"}),
    "words": lambda minutes, who: change(item_of(minutes), who),
    "order": lambda minutes, who: actions.move_item(item=item_of(minutes), actor=who, by=1),
    "no item": lambda minutes, who: actions.remove_item(item=item_of(minutes), actor=who),
    "resolution": lambda minutes, who: actions.add_resolution(item=item_of(minutes), actor=who, kind="decision", text={"es": "x"}),
    "no resolution": lambda minutes, who: actions.remove_resolution(resolution=item_of(minutes).resolutions.first(), actor=who),
    "task": lambda minutes, who: task_for(minutes, who, who="x"),
    "no task": lambda minutes, who: actions.remove_task(task=item_of(minutes).tasks.first(), actor=who),
}


@pytest.mark.parametrize("act", ACTS)
def test_approved_minutes_change_no_more(approved, secretary, act):
    with pytest.raises(DomainError, match="aprobad"):
        ACTS[act](approved, secretary)


@pytest.mark.parametrize("act", ACTS)
def test_who_only_sits_in_the_group_writes_nothing(minutes, seated, act):
    with pytest.raises(PermissionDenied):
        ACTS[act](minutes, seated)


def test_tasks_of_approved_minutes_are_still_done(approved, chair):
    assert actions.close_task(task=item_of(approved).tasks.get(), actor=chair, state="done").state == "done"


@pytest.mark.parametrize("fields", [{"days_ago": 50}, {"state": "cancelled"}, {"state": "draft"}])
def test_minutes_are_not_approved_anywhere_else(event, chair, group, fields):
    with pytest.raises(DomainError, match="reunión posterior"):
        actions.approve_minutes(minutes=published(event, chair), actor=chair, at_event=meeting("otra", group, **{"days_ago": 1, **fields}))


def test_minutes_are_not_approved_by_another_group(event, secretary):
    other = meeting("otra", make_group("otra"), days_ago=1)
    with pytest.raises(DomainError, match="reunión posterior"):
        actions.approve_minutes(minutes=published(event, secretary), actor=secretary, at_event=other)


def test_minutes_are_not_approved_before_the_meeting_has_begun(event, chair, group):
    with pytest.raises(DomainError, match="reunión posterior"):
        actions.approve_minutes(minutes=published(event, chair), actor=chair, at_event=stored("futura", groups=[group]))


def test_approval_in_minutes_that_are_closed_changes_nothing(approved, event, chair, group):
    old = published(meeting("vieja", group, days_ago=60), chair)
    closed = approved.event
    with pytest.raises(DomainError, match="reunión posterior"):
        actions.approve_minutes(minutes=old, actor=chair, at_event=closed)
    old.refresh_from_db()
    assert old.state == MinutesState.PUBLISHED


def test_who_does_not_run_both_meetings_approves_nothing(event, chair, group):
    minutes = published(event, chair)
    with pytest.raises(PermissionDenied):
        actions.approve_minutes(minutes=minutes, actor=chair, at_event=meeting("ajena", make_group("otra"), days_ago=1))


@pytest.mark.parametrize(("state", "move"), list(product(MinutesState, MINUTES_MOVES)))
def test_minutes_move_only_from_where_a_move_starts(event, chair, group, state, move):
    minutes = published(event, chair)
    Minutes.objects.filter(pk=minutes.pk).update(state=state)
    minutes.refresh_from_db()
    acts = {"publish": actions.publish_minutes, "withdraw": actions.withdraw_minutes, "approve": actions.approve_minutes}
    more = {"at_event": meeting("despues", group, days_ago=1)} if move == "approve" else {}
    if state in MINUTES_MOVES[move].sources:
        assert acts[move](minutes=minutes, actor=chair, **more).state == MINUTES_MOVES[move].target
    else:
        with pytest.raises(StaleState):
            acts[move](minutes=minutes, actor=chair, **more)


@pytest.mark.parametrize("move", ["publish_minutes", "withdraw_minutes"])
def test_who_only_sits_in_the_group_moves_nothing(minutes, seated, move):
    with pytest.raises(PermissionDenied):
        getattr(actions, move)(minutes=minutes, actor=seated)
