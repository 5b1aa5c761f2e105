"""Several people, and several workers, at the same instant."""

import pytest
from django.utils import timezone

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from standards.actions.letters import send_letters
from standards.actions.synopses import OverwrittenError, publish_synopsis, write_synopsis
from standards.models import Letter, PersonaLink, Synopsis
from tests.conftest import make_person
from tests.factories.standards import fresh
from tests.standards.reports.conftest import reread, write_all
from tests.support.frameworks import make_answer, make_clause, make_comment, make_framework, make_round, make_version
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _held(settings):
    settings.MAIL_HELD = True


@pytest.fixture
def over(db, secretary):
    """A closed round on one clause, with six voices whose comments are answered."""
    clause = make_clause(make_version(make_framework(stage="response")), "2.3.1", text_es="El río.")
    consultation = make_round(clause.version, state="closed", days_left=-10)
    for number in range(6):
        person = make_person(f"voz-{number}")
        comment = make_comment(consultation, person.category, clause_text=clause if number % 2 else None)
        PersonaLink.objects.create(persona=comment.persona, consultation=consultation, user=person.user)
        make_answer(comment)
    write_all(secretary, reread(), clause)
    return reread()


def test_two_who_publish_at_once_publish_once(over, secretary):
    copies = [(fresh(secretary), reread()) for _ in range(3)]
    results = together(*(lambda who=who, one=one: publish_synopsis(actor=who, consultation=one) for who, one in copies))
    assert sum(isinstance(result, StaleState) for result in results) == 2
    assert AuditEntry.objects.filter(verb="standards.synopsis_published").count() == 1


def saving(secretary, words, revision):
    """One who saves, with what their own request has read."""
    who, one = fresh(secretary), reread()
    return lambda: write_synopsis(actor=who, consultation=one, words={"asked_es": words}, revision=revision)


def test_two_who_save_at_once_do_not_overwrite_each_other(over, secretary):
    revision = Synopsis.objects.get().revision
    results = together(*(saving(secretary, words, revision) for words in ("Uno.", "Dos.", "Tres.")))
    assert sum(isinstance(result, OverwrittenError) for result in results) == 2
    assert Synopsis.objects.get().revision == revision + 1


def test_two_who_begin_a_synopsis_at_once_begin_one(over, secretary):
    Synopsis.objects.get().clauses.all().delete()
    Synopsis.objects.all().delete()
    results = together(*(saving(secretary, words, 0) for words in ("Uno.", "Dos.", "Tres.")))
    assert sum(isinstance(result, OverwrittenError) for result in results) == 2
    assert Synopsis.objects.count() == 1


def test_workers_at_once_send_each_letter_once(over):
    Synopsis.objects.update(published_at=timezone.now(), figures={})
    copies = [Synopsis.objects.select_related("consultation").get() for _ in range(3)]
    together(*(lambda one=one: send_letters(synopsis=one) for one in copies))
    assert Letter.objects.count() == AuditEntry.objects.filter(verb="standards.letter_sent").count() == 6
