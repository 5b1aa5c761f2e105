"""One's own tasks, what waits on the desk, and what is told of minutes and tasks to whom."""

import pytest
from django.utils import translation

from events import actions
from events.models import Minutes, Task
from events.notifications.minutes import (
    MINUTES_PUBLISHED,
    MINUTES_WITHDRAWN,
    TASK_DUE,
    TASK_GIVEN,
    TYPES,
    describe_minutes,
    describe_withdrawal,
    minutes_topics,
    readable_by_all,
    readers,
    still_readable,
    still_taken,
    still_to_do,
    still_withdrawn,
    takers,
    withdrawn_for_all,
)
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from tests.factories.minutes import begun, item_of, meeting, published, task_for, there
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(group):
    return meeting("junta", group)


@pytest.fixture
def minutes(event, chair):
    return begun(event, chair)


@pytest.fixture
def item(minutes):
    return item_of(minutes)


@pytest.fixture
def task(event, chair, seated):
    return task_for(published(event, chair), chair, person=seated.person)


def test_my_tasks_are_mine(as_user, task, seated, miner):
    assert task.code in text_of(as_user(seated).get(url("events:my_tasks")))
    assert task.code not in text_of(as_user(miner).get(url("events:my_tasks")))


def test_task_is_closed_with_one_button_and_opened_again(as_user, task, seated):
    client = as_user(seated)
    client.post(url("events:task_move", task.code, "done"))
    assert task.code in text_of(client.get(url("events:my_tasks"), {"show": "closed"}))
    client.post(url("events:task_move", task.code, "reopen"))
    assert task.code in text_of(client.get(url("events:my_tasks")))


def test_closing_twice_says_so(as_user, task, seated):
    client = as_user(seated)
    client.post(url("events:task_move", task.code, "done"))
    response = client.post(url("events:task_move", task.code, "dropped"), follow=True)
    assert "Alguien llegó antes" in text_of(response)
    assert Task.objects.get(pk=task.pk).state == "done"


def test_task_of_others_is_not_found(as_user, task, miner):
    assert as_user(miner).post(url("events:task_move", task.code, "done")).status_code == 404


def test_task_has_no_other_moves(as_user, task, seated):
    assert as_user(seated).post(url("events:task_move", task.code, "burn")).status_code == 404


def test_my_tasks_hide_a_meeting_that_is_not_mine(as_user, event, chair, miner):
    task_for(published(event, chair), chair, person=miner)
    words = text_of(as_user(miner).get(url("events:my_tasks")))
    assert "Medir el caudal." in words
    assert "junta" not in words


def test_my_tasks_are_flat(as_user, group, chair, seated):
    first = published(meeting("una", group), chair)
    task_for(first, chair, person=seated.person)
    client = as_user(seated)

    def grow():
        for days in (9, 19, 29):
            task_for(published(meeting(f"otra-{days}", group, days_ago=days), chair), chair, person=seated.person)

    flat(lambda: client.get(url("events:my_tasks")), grow, ceiling=20)


# --- the desk


def test_desk_shows_minutes_that_wait_and_tasks_that_are_late(as_user, group, event, chair, secretary, miner):
    minutes = published(event, chair)
    meeting("luego", group, days_ago=1)
    task_for(minutes, chair, days=-2, person=miner)
    words = text_of(as_user(secretary).get(url("portal:desk")))
    assert "Actas por aprobar" in words
    assert "Medir el caudal." in words


def test_minutes_wait_only_where_a_later_meeting_is_over(group, event, chair):
    published(event, chair)
    assert not Minutes.objects.unapproved().exists()
    meeting("luego", group, days_ago=1)
    assert Minutes.objects.unapproved().count() == 1


def test_desk_of_the_protection_officer_has_no_tasks(as_user, event, chair, officer, miner):
    task_for(published(event, chair), chair, days=-2, person=miner)
    assert "Medir el caudal." not in text_of(as_user(officer).get(url("portal:desk")))


# --- what is told


def entry(thing, verb, **data):
    one = AuditEntry.objects.create(verb=verb, target=thing, data=data)
    load_targets([one])
    return one


def test_minutes_are_told_to_the_group_and_to_who_was_there(event, chair, seated, miner, scholar):
    there(event, miner)
    assert readers(entry(published(event, chair), MINUTES_PUBLISHED)) == {chair.pk, seated.pk, miner.user.pk}


def test_minutes_belong_to_the_event_and_its_groups(event, chair):
    assert minutes_topics(entry(published(event, chair), MINUTES_PUBLISHED)) == ["event:junta", "group:mesa"]


def test_who_may_not_read_them_is_not_told(event, chair, seated, miner):
    one = entry(published(event, chair), MINUTES_PUBLISHED)
    assert still_readable([one], fresh(miner.user)) == []
    assert still_readable([one], seated) == [one.pk]
    assert readable_by_all([one]) == []


def test_minutes_that_were_taken_back_are_not_told(event, chair):
    minutes = published(event, chair)
    one = entry(minutes, MINUTES_PUBLISHED)
    actions.withdraw_minutes(minutes=minutes, actor=chair, reason="Falta un punto.")
    assert still_readable([one], chair) == []


@pytest.fixture
def taken_back(event, chair):
    """The announcement that minutes were taken back."""
    minutes = actions.withdraw_minutes(minutes=published(event, chair), actor=chair, reason="Falta un punto.")
    return AuditEntry.objects.get(verb=MINUTES_WITHDRAWN, target_id=minutes.pk)


def test_withdrawal_is_told_to_whom_publication_was(event, taken_back):
    out = AuditEntry.objects.get(verb=MINUTES_PUBLISHED)
    assert readers(taken_back) == readers(out)
    assert readers(out)


def test_withdrawal_gives_its_reason(taken_back):
    assert describe_withdrawal([taken_back])[taken_back.pk]["reason"] == "Falta un punto."


def test_withdrawal_is_told_to_who_sees_the_event(taken_back, seated, miner):
    assert still_withdrawn([taken_back], seated) == [taken_back.pk]
    assert still_withdrawn([taken_back], fresh(miner.user)) == []
    assert withdrawn_for_all([taken_back]) == []


def test_withdrawal_is_not_told_any_more_once_they_are_out_again(event, taken_back, seated, chair):
    actions.publish_minutes(minutes=Minutes.objects.get(), actor=chair)
    assert still_withdrawn([taken_back], seated) == []


def test_task_is_told_to_its_taker_while_they_have_it(task, seated, miner, chair):
    one = entry(task, TASK_GIVEN)
    assert takers(one) == {seated.pk}
    actions.change_task(task=task, actor=chair, text={"es": "Medir"}, person=miner)
    assert (still_taken([one], seated), still_taken([one], fresh(miner.user))) == ([], [one.pk])


def test_task_of_an_organisation_is_told_to_who_speaks_for_it(event, chair, miner, cooperative):
    task = task_for(published(event, chair), chair, organisation=cooperative)
    assert takers(entry(task, TASK_GIVEN)) == {miner.user.pk}


def test_task_of_somebody_outside_is_told_to_nobody(event, chair):
    assert takers(entry(item_of(published(event, chair)).tasks.get(), TASK_GIVEN)) == set()


def test_nobody_hears_of_what_is_done(task, seated, chair):
    one = entry(task, TASK_DUE, days=1)
    assert still_to_do([one], seated) == [one.pk]
    actions.close_task(task=task, actor=chair, state="done")
    assert still_to_do([one], seated) == []


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize(("verb", "days"), [(MINUTES_PUBLISHED, 0), (MINUTES_WITHDRAWN, 0), (TASK_GIVEN, 0), (TASK_DUE, 1), (TASK_DUE, -1)])
def test_every_mail_says_what_it_is_about(task, verb, days, language):

    one = entry(task.item.minutes if "minutes" in verb else task, verb, days=days)
    with translation.override(language):
        press = Press()
        press.words.describe([one])
        letter = press.single(one)
    wanted = "junta" if "minutes" in verb else task.code
    assert all(wanted in words for words in (letter.subject, letter.text, letter.html))


def test_every_type_describes_what_is_gone_as_nothing(task):
    one = AuditEntry(pk=1, verb=MINUTES_PUBLISHED, target_id=0)
    assert describe_minutes([one]) == {}
    assert [kind.describe([AuditEntry(pk=2, verb=kind.key, target_id=0)]) for kind in TYPES] == [{}, {}, {}, {}]
