"""The library of the demonstration in the database: filled once, read by every test here."""

from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from events.models import EventDocument
from members.models import User
from publications.actions import changing, indexing
from publications.enums import RecordState, RequestState
from publications.models import AccessRequest, Author, Collection, File, Identifier, Record, Relation, SearchDoc
from red_mpe.core.locale import network_day
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.models import Notification, OutgoingMail
from red_mpe.portal.demo import library
from red_mpe.portal.demo.reading import read, rows
from standards.models import ClauseEvidence

pytestmark = pytest.mark.django_db

ROWS = rows("library/*.toml", "record")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Fill the database once for the module; everything is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("fill_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def record(title):
    return Record.objects.get(title_es=title)


def test_every_row_became_a_record(filled):
    assert Record.objects.count() == len(ROWS) >= 100


def test_states_are_those_of_the_files(filled):
    found = Counter(Record.objects.values_list("state", flat=True))
    told = {"proposed": 2, "returned": 1, "declined": 1, "withdrawn": 1, "embargoed": 1}
    assert found == {**told, "published": len(ROWS) - sum(told.values())}


def test_public_library_is_large(filled):
    assert Record.objects.listed_for(AnonymousUser()).count() >= 100


def test_files_are_of_their_languages(filled):
    wanted = Counter("pt-br" if language == "pt" else language for row in ROWS for language in row.get("files", []))
    assert Counter(File.objects.exclude(language="").values_list("language", flat=True)) == wanted


def test_files_are_what_they_say(filled):
    assert set(File.objects.values_list("media_type", flat=True)) == {"application/pdf", "text/csv"}
    assert not File.objects.filter(size__lt=200).exists()


def test_works_of_others_are_described_only(filled):
    assert not File.objects.filter(record__invented=False).exists()
    assert Record.objects.filter(invented=False).count() == len(rows("library/works-*.toml", "record"))


def test_records_came_over_three_years(filled):
    published = Record.objects.filter(published_at__isnull=False).values_list("published_at", flat=True)
    assert len({moment.year for moment in published}) >= 3
    assert max(published) <= timezone.now()


def test_steps_of_a_record_are_in_their_order(filled):
    assert not Record.objects.filter(published_at__lt=F("proposed_at")).exists()
    assert not Record.objects.filter(withdrawn_at__lt=F("published_at")).exists()


def test_codes_follow_the_days(filled):
    codes = list(Record.objects.order_by("pk").values_list("code", flat=True))
    assert codes == sorted(codes)


def test_members_proposed_and_another_person_decided(filled):
    decided = AuditEntry.objects.filter(verb="publications.record_moved", data__step__in=["publish", "decline", "return"])
    assert {entry.actor.email for entry in decided.select_related("actor")} == {"secretaria@demo.example"}
    assert not Record.objects.filter(proposed_by__email="secretaria@demo.example").exists()


def test_authors_are_linked_to_the_network(filled):
    assert Author.objects.exclude(person=None).count() >= 50
    assert Author.objects.exclude(organisation=None).count() >= 20
    assert not Author.objects.exclude(person=None).filter(family="").exists()


def test_identifiers_are_in_their_normal_form(filled):
    assert set(Identifier.objects.filter(scheme="isbn").values_list("value", flat=True)) >= {"9789264252479", "9789221114802"}
    assert Identifier.objects.filter(scheme="doi", value="10.1787/9789264252479-en").exists()


def test_relations_are_all_there(filled):
    wanted = sum(len(row.get("relations", [])) for row in ROWS) + sum("replaced_by" in row for row in ROWS)
    assert Relation.objects.count() == wanted


def test_withdrawn_sheet_names_what_replaces_it(filled):
    old = Record.objects.get(state=RecordState.WITHDRAWN)
    [relation] = old.inverse_relations.filter(kind="replaces")
    assert relation.record == record("La retorta: usarla bien o no usarla")
    assert "reemplaza" in old.withdrawn_reason


def test_embargo_ends_on_a_day_to_come(filled):
    assert Record.objects.get(state=RecordState.EMBARGOED).embargo_until > network_day()


def test_question_and_refusal_are_told(filled):
    assert "lixiviación" in Record.objects.get(state=RecordState.RETURNED).note
    assert "ensayos" in Record.objects.get(state=RecordState.DECLINED).note


def test_one_request_is_granted_and_one_waits(filled):
    assert Counter(AccessRequest.objects.values_list("state", flat=True)) == {RequestState.GRANTED: 1, RequestState.ASKED: 1}


def test_practices_are_told_in_three_languages(filled):
    practices = Record.objects.filter(kind__in=["good-practice", "lesson-learned"]).select_related("practice")
    assert len(practices) == 9
    assert all(one.practice.did_not_work_es and one.practice.did_not_work_en and one.practice.did_not_work_pt for one in practices)


def test_minutes_of_a_group_are_for_the_group(filled):
    minutes = record("Acta del grupo impulsor, julio de 2026")
    assert Record.objects.visible_to(User.objects.get(email="milagros-tejada-linares@demo.example")).filter(pk=minutes.pk).exists()
    assert not Record.objects.visible_to(User.objects.get(email="marcus-thornhill-benn@demo.example")).filter(pk=minutes.pk).exists()


def test_every_record_is_indexed_once_and_whole(filled):
    assert SearchDoc.objects.count() == Record.objects.count()
    assert not SearchDoc.objects.filter(title_pt="").exists()


def test_indexing_is_put_right_again(filled):
    assert changing.index_record is indexing.index_record


def test_indexing_is_put_right_after_an_error(db):
    with pytest.raises(ZeroDivisionError), library.indexed_once():
        raise ZeroDivisionError
    assert changing.index_record is indexing.index_record


def test_collections_are_shown_in_their_order(filled):
    collections = Collection.objects.filter(published=True).annotate(size=Count("items"))
    assert {row.slug: row.size for row in collections} == {
        row["slug"]: len(row["items"]) for row in read("library/collections.toml")["collection"]
    }
    first = Collection.objects.get(slug="sin-mercurio").items.first()
    assert first.record.title_en == "When mercury spills: the first twenty minutes"


def test_reading_list_of_a_group_is_not_for_others(filled):
    assert Collection.objects.count() - Collection.objects.visible_to(AnonymousUser()).count() == 1


def test_collections_are_introduced_in_three_languages(filled):
    assert not Collection.objects.filter(introduction_pt="").exists()
    assert not Collection.objects.filter(items__note_en="").exists()


def test_clauses_of_both_frameworks_stand_on_records(filled):
    found = Counter(ClauseEvidence.objects.values_list("version__framework__code", "version__number"))
    assert found["MPE", "0.2"] >= 35
    assert found["ORO", "0.1"] == 9


def test_evidence_goes_on_into_the_draft(filled):
    assert ClauseEvidence.objects.filter(version__framework__code="ORO", version__number="0.2").count() >= 8


def test_evidence_is_told_in_three_languages(filled):
    assert not ClauseEvidence.objects.filter(note_pt="").exists()
    assert not ClauseEvidence.objects.filter(note_en="").exists()


def test_inboxes_tell_of_what_is_new_in_the_library(filled):
    told = Counter(Notification.objects.filter(entry__verb__startswith="publications.").values_list("entry__verb", "recipient__email"))
    assert told["publications.record_proposed", "secretaria@demo.example"] == 1
    assert told["publications.record_moved", "wilmer-tinoco-ordonez@demo.example"] == 1


def test_no_mail_waits_for_what_happened_long_ago(filled):
    assert not OutgoingMail.objects.filter(state="queued", notification__entry__verb__startswith="publications.").exists()


def test_the_convention_has_its_documents(filled):
    documents = EventDocument.objects.visible_to(AnonymousUser()).filter(event__slug="ccolquemin-2023")
    assert Counter(documents.values_list("role", flat=True)) == {"material": 5, "programme": 1, "outcome": 1}
