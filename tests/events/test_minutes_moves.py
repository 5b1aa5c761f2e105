"""Decisions and agreements with their numbers; publishing, correcting, withdrawing and approving minutes."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from events import actions
from events.actions.keeping import WrittenMeanwhile, mark_of
from events.enums import MinutesState
from events.models import Minutes, Resolution
from events.states import MINUTES_MOVES
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from tests.factories.events import make_group, stored
from tests.factories.minutes import DECIDED, begun, item_of, meeting, published, task_for

WHY = "Falta un punto."


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
    minutes = actions.withdraw_minutes(minutes=published(event, chair), actor=chair, reason="Falta un punto.")
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
    asked = {"approve": lambda: {"at_event": meeting("despues", group, days_ago=1)}, "withdraw": lambda: {"reason": WHY}}
    more = asked.get(move, dict)()
    if state in MINUTES_MOVES[move].sources:
        assert acts[move](minutes=minutes, actor=chair, **more).state == MINUTES_MOVES[move].target
    else:
        with pytest.raises(StaleState):
            acts[move](minutes=minutes, actor=chair, **more)


@pytest.mark.parametrize(("move", "more"), [("publish_minutes", {}), ("withdraw_minutes", {"reason": WHY})])
def test_who_only_sits_in_the_group_moves_nothing(minutes, seated, move, more):
    with pytest.raises(PermissionDenied):
        getattr(actions, move)(minutes=minutes, actor=seated, **more)


# --- taking back


def test_minutes_are_taken_back_with_a_reason(event, chair):
    minutes = actions.withdraw_minutes(minutes=published(event, chair), actor=chair, reason=f" {WHY}\r\n")
    assert (minutes.withdrawn_at, minutes.withdrawn_reason) == (timezone.now(), WHY)


@pytest.mark.parametrize("reason", ["", " \n", "—"])
def test_minutes_are_not_taken_back_without_one(event, chair, reason):
    minutes = published(event, chair)
    with pytest.raises(DomainError, match="por qué"):
        actions.withdraw_minutes(minutes=minutes, actor=chair, reason=reason)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.withdrawn_at) == (MinutesState.PUBLISHED, None)


def test_reason_outlives_publishing_again_and_stands_in_no_audit(event, chair):
    minutes = actions.withdraw_minutes(minutes=published(event, chair), actor=chair, reason=WHY)
    assert actions.publish_minutes(minutes=minutes, actor=chair).withdrawn_reason == WHY
    assert WHY not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_withdrawal_without_a_reason_is_refused_by_the_table(minutes):
    with pytest.raises(IntegrityError, match="gives_a_reason"):
        Minutes.objects.filter(pk=minutes.pk).update(withdrawn_at=timezone.now())
