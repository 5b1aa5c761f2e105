"""Writing minutes: once an event, one writer over another never, and after approval nothing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events import actions
from events.actions.keeping import WrittenMeanwhile, mark_of
from events.models import Minutes, MinutesItem, Session, Task
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from tests.factories.events import held, make_group, stored
from tests.factories.minutes import WORDS, begun, item_of, meeting, published, task_for


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
