"""Making and changing events."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from events.actions import announce_event, cancel_event, change_event, make_event
from events.actions.editing import days_of
from events.models import Event
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from red_mpe.notifications.models import Announcement
from tests.factories.events import announced, draft, facts, held, hybrid, make_group, moment, sit


def changes_told():
    return Announcement.objects.filter(entry__verb="events.event_changed").count()


def test_draft_is_audited_and_told_to_nobody(secretary):
    event = draft(secretary)
    assert event.state == "draft"
    assert AuditEntry.objects.filter(verb="events.event_made", target_id=event.pk).exists()
    assert not Announcement.objects.exists()


def test_same_form_sent_twice_makes_one(secretary):
    once = uuid.uuid4()
    first, second = (make_event(actor=secretary, once=once, **facts()) for _ in range(2))
    assert first == second


def test_address_is_made_of_the_title(secretary):
    assert draft(secretary, title_es="Feria del oro").slug == "feria-del-oro"


def test_taken_address_gets_letters_more(secretary):
    slugs = [draft(secretary, title_es="Feria").slug for _ in range(2)]
    assert slugs[0] == "feria"
    assert slugs[1].startswith("feria-")


def test_address_of_an_event_without_a_title(secretary):
    assert draft(secretary, title_es="").slug.startswith("e-")


def test_country_of_the_place_is_among_the_countries(secretary):
    assert draft(secretary, country="BO", countries=["PE", "BO"]).countries == ["BO", "PE"]


def test_related_things_are_kept(secretary, group, cooperative):
    theme = Theme.objects.get(code="mercury")
    event = draft(secretary, groups=[group], hosts=[cooperative], themes=[theme])
    assert [list(getattr(event, name).all()) for name in ("groups", "hosts", "themes")] == [[group], [cooperative], [theme]]


def test_days_are_those_of_the_place(secretary):
    start = moment(2026, 5, 1, 22)
    event = draft(secretary, starts_at=start, ends_at=start + timedelta(hours=1))
    assert str(event.starts_on) == str(event.ends_on) == "2026-05-01"


def test_what_ends_at_midnight_ends_the_day_before():
    assert str(days_of(moment(2026, 5, 1, 20), moment(2026, 5, 2), "America/Lima")["ends_on"]) == "2026-05-01"


@pytest.mark.parametrize("days", [60, 61])
def test_an_encounter_lasts_sixty_days_at_most(days):
    start = moment(2026, 5, 1)
    if days == 60:
        assert str(days_of(start, start + timedelta(days=days), "America/Lima")["ends_on"]) == "2026-06-29"
        return
    with pytest.raises(DomainError, match="sesenta días"):
        days_of(start, start + timedelta(days=days), "America/Lima")


def test_what_ends_before_it_begins_is_refused(secretary):
    start = moment(2026, 5, 1, 20)
    with pytest.raises(DomainError):
        draft(secretary, starts_at=start, ends_at=start)


def test_member_may_not_make_one(miner):
    with pytest.raises(PermissionDenied):
        draft(miner.user)


def test_chair_makes_one_for_the_own_group(chair, group):
    assert draft(chair, groups=[group]).groups.get() == group


@pytest.mark.parametrize("own", [False, True])
def test_chair_makes_none_for_a_group_of_others(chair, group, own):
    with pytest.raises(DomainError):
        draft(chair, groups=[make_group("otra"), *([group] if own else [])])


def test_chair_makes_none_without_a_group(chair):
    with pytest.raises(DomainError):
        draft(chair)


def test_chair_keeps_a_group_that_the_secretariat_added(secretary, chair, group):
    both = [group, make_group("otra")]
    event = draft(secretary, groups=both)
    assert change_event(actor=chair, event=event, groups=both, title_es="Otra cosa").title_es == "Otra cosa"


def test_chair_cannot_give_the_event_away(chair, group):
    event = draft(chair, groups=[group])
    with pytest.raises(DomainError):
        change_event(actor=chair, event=event, groups=[make_group("otra")])


def test_change_without_groups_leaves_them(chair, group):
    event = draft(chair, groups=[group])
    change_event(actor=chair, event=event, title_es="Otra")
    assert event.groups.get() == group


def test_other_chair_may_not_change_it(secretary, group):
    event = draft(secretary, groups=[group])
    with pytest.raises(PermissionDenied):
        change_event(actor=sit(make_group("otra"), "ajena", "chair"), event=event, title_es="x")


def test_draft_changes_without_a_new_sequence(secretary):
    assert change_event(actor=secretary, event=draft(secretary), title_es="Otra").sequence == 0


@pytest.mark.parametrize(("name", "value", "grows"), [("title_es", "Otra", 1), ("venue", "Otra", 1), ("costs_es", "Nada", 0)])
def test_sequence_grows_with_what_calendars_show(secretary, name, value, grows):
    event = announced(secretary)
    before = event.sequence
    assert change_event(actor=secretary, event=event, **{name: value}).sequence == before + grows


def test_unchanged_form_changes_nothing(secretary):
    event = announced(secretary)
    before = event.sequence
    change_event(actor=secretary, event=event, title_es=event.title_es, venue=event.venue)
    assert event.sequence == before
    assert not changes_told()


def test_new_hour_is_told(secretary):
    event = announced(secretary)
    change_event(actor=secretary, event=event, ends_at=event.ends_at + timedelta(hours=1))
    assert changes_told() == 1


def test_new_words_are_not_told(secretary):
    change_event(actor=secretary, event=announced(secretary), title_es="Otra", description_es="Más")
    assert not changes_told()


def test_new_hour_of_a_draft_is_told_to_nobody(secretary):
    event = draft(secretary)
    change_event(actor=secretary, event=event, ends_at=event.ends_at + timedelta(hours=1))
    assert not changes_told()


def test_zone_moves_the_days_along(secretary):
    start = moment(2026, 5, 1, 22)
    event = announced(secretary, starts_at=start, ends_at=start + timedelta(hours=1))
    assert str(change_event(actor=secretary, event=event, time_zone="Europe/Madrid").starts_on) == "2026-05-02"


def test_form_older_than_the_last_saving_is_refused(secretary):
    event = draft(secretary)
    seen = event.updated_at.isoformat()
    assert change_event(actor=secretary, event=event, seen=seen, title_es="Una").title_es == "Una"
    Event.objects.filter(pk=event.pk).update(updated_at=event.updated_at + timedelta(seconds=1))
    with pytest.raises(StaleState):
        change_event(actor=secretary, event=event, seen=seen, title_es="Otra")


def test_cancelled_stays_as_it_was(secretary):
    event = cancel_event(actor=secretary, event=announced(secretary), reason={"es": "Lluvia"})
    with pytest.raises(DomainError):
        change_event(actor=secretary, event=event, title_es="Otra")


@pytest.mark.parametrize("fields", [{"title_es": ""}, {"venue": ""}, {"audience": "group"}])
def test_announced_goes_on_to_say_what_it_must(secretary, fields):
    event = announced(secretary)
    with pytest.raises(GuardsUnmet):
        change_event(actor=secretary, event=event, **fields)
    assert Event.objects.get(pk=event.pk).venue == "Casa comunal"


def test_announced_cannot_be_moved_into_the_past(secretary):
    event = announced(secretary)
    with pytest.raises(GuardsUnmet):
        change_event(actor=secretary, event=event, starts_at=moment(2026, 1, 1), ends_at=moment(2026, 1, 2))


def test_announced_that_has_begun_may_end_later(secretary, clock):
    event = announced(secretary)
    clock.move_to(event.starts_at + timedelta(hours=1))
    assert change_event(actor=secretary, event=event, ends_at=event.ends_at + timedelta(hours=1)).state == "announced"


def test_held_cannot_be_moved_ahead(secretary):
    event = held("uno")
    with pytest.raises(GuardsUnmet):
        change_event(actor=secretary, event=event, ends_at=event.ends_at + timedelta(days=30))


def test_held_may_get_better_words(secretary):
    assert change_event(actor=secretary, event=held("uno"), description_es="Así fue.").description_es == "Así fue."


def test_on_line_event_cannot_lose_its_link(secretary):
    with pytest.raises(GuardsUnmet):
        change_event(actor=secretary, event=hybrid(secretary), link="")


def test_database_refuses_more_parts_than_the_whole(secretary):
    event = announce_event(actor=secretary, event=draft(secretary))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(attended=10, women=8, men=8)
