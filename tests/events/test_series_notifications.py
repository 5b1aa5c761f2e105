"""“The next meeting is not called yet”: who hears it, in which words, and until when."""

from datetime import date

import pytest
from django.utils import translation

from events import tasks
from events.actions import series as actions
from events.desk import meetings
from events.notifications.series import DUE, TYPES, describe, leading, still_due
from members.models import GroupMembership
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import Notification
from tests.factories.events import LINK, make_group, moment, sit
from tests.factories.series import make_series
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.queries import flat

APRIL = date(2026, 4, 2)


@pytest.fixture
def series(group, chair):
    return make_series(group, chair)


@pytest.fixture
def due(series, clock):
    """What is announced of the meeting of April, ten days before."""
    clock.move_to(moment(2026, 3, 23, 12))
    actions.propose_due()
    entry = AuditEntry.objects.get(verb=DUE)
    load_targets([entry])
    return entry


def test_who_leads_hears_of_it(due, chair, seated):
    assert leading(due) == {chair.pk}


@pytest.mark.parametrize("role", ["coordinator", "secretary"])
def test_all_who_lead_hear_of_it(due, group, role):
    assert sit(group, f"rol-{role}", role).pk in leading(due)


def test_whose_term_has_ended_hears_nothing(due, group):
    GroupMembership.objects.update(ends_on="2026-03-01")
    assert leading(due) == set()


def test_it_stands_in_the_inbox_of_who_leads(due, chair, seated):
    spread_waiting(seconds=0)
    assert set(Notification.objects.filter(entry__verb=DUE).values_list("recipient", flat=True)) == {chair.pk}


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("es", "la próxima reunión no está convocada", "jueves 2 de abril de 2026"),
        ("en", "the next meeting is not called yet", "Thursday 2 April 2026"),
        ("pt-br", "a próxima reunião não está convocada", "quinta-feira, 2 de abril de 2026"),
    ],
)
def test_the_mail_says_when_in_the_readers_language(due, language, subject, words):
    with translation.override(language):
        press = Press()
        press.words.describe([due])
        letter = press.single(due)
    assert letter.subject == f"Grupo mesa: {subject}"
    assert words in letter.text.lower().replace("thursday", "Thursday").replace("april", "April")
    assert "/mesa/" in letter.text
    assert LINK not in letter.text + letter.html


def test_the_line_of_the_inbox_says_when(due, as_user, chair):
    spread_waiting(seconds=0)
    assert "La próxima reunión no está convocada: jueves 2 de abril" in text_of(as_user(chair).get(url("notifications:inbox")))


def test_it_is_due_until_it_is_called(due, series, chair):
    assert still_due([due], chair) == [due.pk]
    actions.call_meetings(series=series, actor=chair, days=[APRIL])
    assert still_due([due], chair) == []


def test_it_is_due_until_it_is_skipped(due, series, chair):
    actions.skip_day(series=series, actor=chair, day=APRIL)
    assert still_due([due], chair) == []


def test_it_is_due_until_the_rhythm_is_stopped(due, series, chair):
    actions.stop_series(series=series, actor=chair)
    assert still_due([due], chair) == []


def test_it_is_due_until_its_hour(due, chair, clock):
    clock.move_to(moment(2026, 4, 2, 18))
    assert still_due([due], chair) == []


def test_it_is_for_nobody_else(due, seated, secretary):
    assert [still_due([due], who) for who in (seated, secretary, None)] == [[], [], []]


def test_of_a_rhythm_that_is_gone_nothing_is_said(due, series, chair):
    series.delete()
    assert describe([due]) == {}
    assert still_due([due], chair) == []


def test_many_are_described_with_as_many_queries(due, secretary, clock):
    def entries():
        found = list(AuditEntry.objects.filter(verb=DUE))
        load_targets(found)
        return found

    def more():
        for number in range(3):
            make_series(make_group(f"otra-{number}"), secretary)
        actions.propose_due()

    flat(lambda: describe(entries()), more, ceiling=4)


def test_the_type_is_known():
    assert [kind.key for kind in TYPES] == [DUE]


def test_the_clock_wakes_the_action(series, clock):
    clock.move_to(moment(2026, 3, 23, 12))
    for _ in range(2):
        tasks.propose_meetings()
    assert AuditEntry.objects.filter(verb=DUE).count() == 1


def test_the_desk_shows_what_is_near_and_not_called(series, chair, secretary, clock):
    assert meetings(fresh(secretary)).count == 0
    clock.move_to(moment(2026, 3, 23, 12))
    pile = meetings(fresh(secretary))
    assert (pile.count, pile.first[0].title, pile.first[0].at) == (1, "Grupo mesa", APRIL)
    assert pile.first[0].url == series.get_absolute_url()


def test_the_desk_of_others_shows_none(series, chair):
    assert meetings(chair) is None
