"""Records of the library beside an event, and its report as one of them."""

from uuid import uuid5

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from events.actions import documents
from events.enums import DocumentRole
from events.models import EventDocument
from events.querysets import USES
from publications.models import Record
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from tests.conftest import make_organisation
from tests.factories.events import make_group, sit, stored
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def reported(db):
    """A convention that was held and told of, in two languages."""
    words = {"title_pt": "Convenção", "report_es": "Vinieron 600 personas.", "report_pt": "Vieram 600 pessoas."}
    return stored("convencion", state="reported", hosts=[make_organisation("guaman-poma")], **words)


def add(event, actor, record, role="material"):
    return documents.add_document(event=event, actor=actor, code=record.code, role=role)


def shelve(event, actor, licence="CC-BY-4.0"):
    return documents.shelve_report(event=event, actor=actor, licence=licence)


def test_a_record_is_laid_beside_an_event(secretary):
    event, record = stored("feria"), make_record()
    add(event, secretary, record, "programme")
    assert list(event.documents.values_list("record__code", "role")) == [(record.code, "programme")]
    assert AuditEntry.objects.get(verb="events.document_added").data["code"] == record.code


def test_a_code_is_read_as_people_write_it(secretary):
    event, record = stored("feria"), make_record()
    documents.add_document(event=event, actor=secretary, code=f" {record.code.lower()} ", role="material")
    assert event.documents.count() == 1


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"access": "members"}])
def test_a_record_that_the_actor_does_not_find_is_refused(fields, chair_of_group):
    event, chair = chair_of_group
    record = make_record(**fields)
    if fields.get("access") == "members":
        assert add(event, chair, record)
    else:
        with pytest.raises(DomainError):
            add(event, chair, record)


@pytest.fixture
def chair_of_group(db):
    """An event of a group, and who calls the meetings of that group."""
    group = make_group("mesa-de-feria")
    chair = sit(group, "presidenta-de-feria", "chair")
    return stored("reunion", groups=[group]), chair


def test_the_same_record_lies_there_once(secretary):
    event, record = stored("feria"), make_record()
    add(event, secretary, record)
    with pytest.raises(DomainError, match="ya está"):
        add(event, secretary, record)


def test_who_does_not_run_the_event_adds_nothing(miner):
    with pytest.raises(PermissionDenied):
        add(stored("feria"), miner.user, make_record())


def test_a_document_is_taken_away_and_stays_in_the_library(secretary):
    event, record = stored("feria"), make_record()
    add(event, secretary, record)
    documents.remove_document(event=event, actor=secretary, code=record.code)
    documents.remove_document(event=event, actor=secretary, code=record.code)
    assert not event.documents.exists()
    assert Record.objects.filter(pk=record.pk).exists()


def test_a_report_becomes_a_record_of_its_event(reported, secretary):
    record = shelve(reported, secretary)
    assert (record.kind, record.state, record.access) == ("proceedings", "published", "public")
    assert (record.title_es, record.title_pt) == ("Informe: convencion", "Relatório: Convenção")
    assert record.abstract_pt == "Vieram 600 pessoas."
    assert record.languages == ["es", "pt-br"]
    assert [author.literal for author in record.authors.all()] == ["Guaman Poma"]
    assert EventDocument.objects.get(record=record).role == DocumentRole.OUTCOME


def test_a_report_is_shelved_once(reported, secretary):
    record = shelve(reported, secretary)
    with pytest.raises(DomainError):
        shelve(reported, secretary)
    assert documents.shelved(reported) == record
    assert Record.objects.count() == 1


AUDIENCES = ("nobody", "members", "public")


@pytest.mark.parametrize(("audience", "known"), [("public", ["public"]), ("members", ["members", "public"])])
def test_a_record_names_whom_every_reader_may_know(secretary, audience, known):
    groups = [make_group(f"grupo-{one}", audience=one) for one in AUDIENCES]
    hosts = [make_organisation(one, audience=one) for one in AUDIENCES]
    record = shelve(stored("feria", state="reported", report_es="Bien.", audience=audience, groups=groups, hosts=hosts), secretary)
    assert sorted(record.groups.values_list("audience", flat=True)) == known
    assert [author.organisation.slug for author in record.authors.order_by("pk")] == known


def test_what_calendars_tell_keeps_no_report_out(reported, secretary):
    foreign = make_record(once=uuid5(reported.uid, "report"))
    assert documents.shelved(reported) is None
    assert shelve(reported, secretary) != foreign


def test_without_a_report_nothing_is_shelved(secretary):
    with pytest.raises(DomainError):
        shelve(stored("feria", state="held"), secretary)


def test_the_editors_look_first_at_what_a_group_brings(chair_of_group):
    event, chair = chair_of_group
    type(event).objects.filter(pk=event.pk).update(state="reported", report_es="Se acordó.", audience="group")
    event.refresh_from_db()
    record = shelve(event, chair)
    assert (record.state, record.access, record.access_group) == ("proposed", "group", event.groups.get())


def test_a_document_is_seen_by_who_sees_both_ends(miner, secretary):
    event = stored("feria", audience="members")
    add(event, secretary, make_record())
    add(event, secretary, make_record("Solo miembros", access="members"))
    assert not EventDocument.objects.visible_to(AnonymousUser()).exists()
    assert EventDocument.objects.visible_to(miner.user).count() == 2


def test_a_record_tells_of_its_events(client, secretary):
    event, record = stored("feria"), make_record()
    add(event, secretary, record, "outcome")
    words = text_of(client.get(record.get_absolute_url()))
    assert "feria" in words
    assert "Surgió de" in words


def test_uses_are_read_with_one_query(secretary, django_assert_num_queries):
    records = [make_record(str(number)) for number in range(3)]
    for number, record in enumerate(records):
        add(stored(f"feria-{number}"), secretary, record)
    with django_assert_num_queries(1):
        assert len(USES[0].find([record.pk for record in records], secretary)) == 3


def test_an_event_lists_its_documents(client, secretary):
    event, record = stored("feria"), make_record("Programa de la feria")
    add(event, secretary, record, "programme")
    assert "Programa de la feria" in text_of(client.get(event.get_absolute_url()))


def test_the_page_lists_with_as_many_queries_for_many(as_user, secretary):
    event = stored("feria")
    asked, address = as_user(secretary), url("events:event_documents", event.slug)
    add(event, secretary, make_record())
    flat(lambda: asked.get(address), lambda: [add(event, secretary, make_record()) for _ in range(3)], ceiling=16)


def test_a_record_is_added_on_the_page(as_user, secretary):
    event, record = stored("feria"), make_record()
    response = as_user(secretary).post(url("events:event_documents", event.slug), {"code": record.code, "role": "material"})
    assert response.status_code == 303
    assert event.documents.exists()


def test_an_unknown_code_is_told_and_kept(as_user, secretary):
    response = as_user(secretary).post(url("events:event_documents", stored("feria").slug), {"code": "RED-99999", "role": "material"})
    assert response.status_code == 409
    assert "RED-99999" in response.content.decode()
    assert "no tiene ninguna ficha" in text_of(response)


def test_an_empty_form_is_told(as_user, secretary):
    response = as_user(secretary).post(url("events:event_documents", stored("feria").slug), {})
    assert response.status_code == 422


def test_a_report_is_shelved_on_the_page(as_user, secretary, reported):
    asked = as_user(secretary)
    assert "Llevar el informe a la biblioteca" in text_of(asked.get(url("events:event_documents", reported.slug)))
    response = asked.post(url("events:report_shelve", reported.slug), {"licence": "CC-BY-4.0"})
    assert response.status_code == 303
    assert "El informe está en la biblioteca" in text_of(asked.get(url("events:event_documents", reported.slug)))


def test_a_document_is_taken_away_on_the_page(as_user, secretary):
    event, record = stored("feria"), make_record()
    add(event, secretary, record)
    response = as_user(secretary).post(url("events:document_remove", event.slug, record.code))
    assert response.status_code == 303
    assert not event.documents.exists()
