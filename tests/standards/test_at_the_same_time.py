"""Two people, or one person twice, at the same moment: on real connections, with the race shown where the lock is left out."""

import uuid
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from standards.actions.comments import reply_to_comment, send_comment, toggle_support
from standards.actions.identities import give_pseudonym, persona_for
from standards.actions.imports import plan_import, write_import
from standards.actions.rounds import plan_round, turn_rounds
from standards.actions.texts import freeze_version, text_hash
from standards.enums import RoundState, ShownAs
from standards.models import ClauseText, Comment, Consultation, Framework, Persona, PersonaLink, Support, Version
from standards.readers import read_document
from tests.conftest import make_person
from tests.factories.standards import day, draft, fresh, ready_version, say
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _held(settings):
    settings.MAIL_HELD = True


@pytest.fixture
def listening(db):
    version = make_version(make_framework("marco", code="MPE", stage="drafting"))
    make_clause(version, "1.1", text_es="El agua.")
    return Consultation.objects.get(pk=make_round(version).pk)


def sending(person, consultation, words):
    user, there = fresh(person.user), Consultation.objects.get(pk=consultation.pk)
    return lambda: send_comment(actor=user, consultation=there, clause_text=None, draft=words)


def test_twenty_comments_at_once_get_twenty_numbers(listening):
    people = [make_person(f"persona-{number}") for number in range(4)]
    for _ in range(5):
        assert not [error for error in together(*(sending(one, listening, draft()) for one in people)) if isinstance(error, Exception)]
    serials, codes = zip(*Comment.objects.order_by("serial").values_list("serial", "code"), strict=True)
    assert serials == tuple(range(1, 21))
    assert Consultation.objects.get().comment_counter == len(set(codes)) == 20


def test_the_same_number_is_given_twice_without_the_lock(listening):
    """The negative control."""
    barrier = Barrier(2)

    def careless():
        number = Consultation.objects.get().comment_counter + 1
        barrier.wait()
        Consultation.objects.update(comment_counter=number)
        return number

    assert together(careless, careless) == [1, 1]


def test_a_form_sent_twice_at_once_is_one_comment(listening, miner):
    for _ in range(3):
        words = draft(shown_as=ShownAs.PSEUDONYM)
        sent = together(*(sending(miner, listening, words) for _ in range(3)))
        assert len({comment.pk for comment in sent}) == 1
    assert Comment.objects.count() == Consultation.objects.get().comment_counter == 3
    assert AuditEntry.objects.filter(verb="standards.comment_sent").count() == 3


def test_a_person_who_speaks_twice_at_once_is_one_persona(listening, miner):
    for _ in range(3):
        together(*(sending(miner, listening, draft(shown_as=ShownAs.PSEUDONYM)) for _ in range(3)))
        assert Persona.objects.count() == PersonaLink.objects.count() == 1
    assert Comment.objects.count() == 9


def test_two_who_draw_at_once_get_two_pseudonyms(listening):
    personas = [Persona.objects.create(consultation=listening) for _ in range(3)]
    together(*(lambda one=one: give_pseudonym(one, chamber="PRO", country="BO", small_cell=5) for one in personas))
    assert len(set(Persona.objects.values_list("pseudonym", flat=True)) - {""}) == 3


def test_one_who_draws_twice_at_once_keeps_one_pseudonym(listening, miner):
    pk = persona_for(miner.user, listening).pk
    copies = [Persona.objects.get(pk=pk) for _ in range(3)]
    together(*(lambda one=one: give_pseudonym(one, chamber="PRO", country="BO", small_cell=5) for one in copies))
    assert {one.pseudonym for one in copies} == {Persona.objects.get().pseudonym} != {""}


def test_support_pressed_twice_at_once_is_at_most_one(listening, miner, neighbour):
    comment = say(miner, listening)
    for _ in range(3):
        acts = []
        for _ in range(3):
            user, there = fresh(neighbour.user), Comment.objects.select_related("consultation__framework").get(pk=comment.pk)
            acts.append(lambda user=user, there=there: toggle_support(actor=user, comment=there))
        assert not [error for error in together(*acts) if isinstance(error, Exception)]
        assert Support.objects.count() <= 1


def test_replies_from_two_sides_at_once_both_stand(listening, miner, neighbour):
    comment = say(miner, listening)
    copies = [Comment.objects.select_related("consultation__framework").get(pk=comment.pk) for _ in range(2)]
    users = [fresh(person.user) for person in (miner, neighbour)]
    acts = [lambda u=u, c=c: reply_to_comment(actor=u, parent=c, draft=draft(kind="")) for u, c in zip(users, copies, strict=True)]
    assert [reply.root_id for reply in together(*acts)] == [comment.pk] * 2


def test_a_round_turned_by_two_clocks_turns_once(secretary):
    version = ready_version()
    consultation = make_round(version, state=RoundState.ANNOUNCED, days_left=6)
    Consultation.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    together(turn_rounds, turn_rounds, turn_rounds)
    Consultation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    together(turn_rounds, turn_rounds, turn_rounds)
    verbs = AuditEntry.objects.filter(target_id=consultation.pk, verb__startswith="standards.round_").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [f"standards.round_{what}" for what in ("opened", "closing", "closed")]
    assert AuditEntry.objects.filter(verb="standards.version_frozen").count() == 1


def test_two_who_plan_at_once_get_two_numbers(secretary):
    version = ready_version()
    copies = [Version.objects.get(pk=version.pk) for _ in range(3)]
    days = {"opens_on": day("2030-01-01"), "closes_on": day("2030-03-01")}
    planned = together(*(lambda one=one: plan_round(actor=secretary, version=one, **days) for one in copies))
    assert sorted(consultation.number for consultation in planned) == [1, 2, 3]


def test_a_clause_written_while_its_version_freezes_waits_and_is_refused():
    version = ready_version()
    barrier = Barrier(2)

    def freeze():
        with transaction.atomic():
            Version.objects.select_for_update().get(pk=version.pk)
            barrier.wait()
            freeze_version(version=Version.objects.get(pk=version.pk), actor=None)

    def write():
        barrier.wait()
        ClauseText.objects.filter(label="1.1").update(text_es="Otra cosa.")

    _frozen, refusal = together(freeze, write)
    assert "frozen version" in str(refusal)
    assert Version.objects.get().sha256 == text_hash(version)


def test_a_version_that_freezes_while_a_clause_is_written_hashes_what_was_written():
    version = ready_version()
    barrier = Barrier(2)

    def write():
        with transaction.atomic():
            ClauseText.objects.filter(label="1.1").update(text_es="Otra cosa.")
            barrier.wait()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.2)")

    def freeze():
        barrier.wait()
        return freeze_version(version=Version.objects.get(pk=version.pk), actor=None)

    together(write, freeze)
    assert ClauseText.objects.get(label="1.1").text_es == "Otra cosa."
    assert Version.objects.get().sha256 == text_hash(version)


def test_a_document_imported_twice_at_once_is_written_once(secretary):
    framework = make_framework("marco")
    outline = read_document(b"# 1 Agua\n\n## 1.1 Rio\n\nCuida el rio.\n", "a.md")
    plans = [plan_import(outline=outline, framework=framework, number="0.1", language="es") for _ in range(2)]
    acts = [
        lambda one=one: write_import(actor=secretary, plan=one, framework=Framework.objects.get(), slug="marco", number="0.1")
        for one in plans
    ]
    results = together(*acts)
    assert sum(isinstance(result, StaleState) for result in results) == 1
    assert Version.objects.count() == 1
    assert ClauseText.objects.count() == 2


def test_a_key_stolen_while_it_is_used_gives_nothing_away(listening, miner, neighbour):
    words = draft(once=uuid.uuid4())
    results = together(sending(miner, listening, words), sending(neighbour, listening, words))
    assert Comment.objects.count() == 1
    assert sum(isinstance(result, Exception) for result in results) == 1
