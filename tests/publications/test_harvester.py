"""A harvester that others wrote reads a running server."""

from datetime import UTC, datetime

import pytest
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import BadResumptionToken, NoRecordsMatch

from publications.actions.changing import mark_changed
from publications.exports.oai import harvest
from publications.models import Record
from tests.factories.publications import make_author, make_record

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def scythe(live_server, settings, monkeypatch):
    """A harvester before a server whose pages hold two records."""
    settings.BASE_URL = live_server.url
    monkeypatch.setattr(harvest, "PAGE", 2)
    with Scythe(f"{live_server.url}/oai") as made:
        yield made


@pytest.fixture
def shelf(db):
    """Five records, one of them closed; and one that nobody ever saw."""
    records = [make_record(f"Hoja {number}") for number in range(5)]
    make_author(records[0])
    mark_changed(records[2], access="members")
    make_record("Nunca vista", access="members")
    return records


def found(records):
    return {one.header.identifier.rsplit(":", 1)[1] for one in records}


def test_everything_is_harvested_through_all_pages(scythe, shelf):
    assert found(scythe.list_records()) == {record.code for record in shelf}


def test_who_wants_no_deleted_records_gets_none(scythe, shelf):
    assert found(scythe.list_records(ignore_deleted=True)) == {record.code for record in shelf} - {shelf[2].code}


def test_what_is_read_is_dublin_core(scythe, shelf):
    one = scythe.get_record(identifier=harvest.identifier_of(shelf[0].code))
    assert one.metadata["title"] == ["Hoja 0"]
    assert one.metadata["creator"] == ["Quispe, Rosa"]


def test_datacite_is_harvested_too(scythe, shelf):
    assert len(list(scythe.list_records(metadata_prefix="oai_datacite"))) == 5


def test_only_what_changed_is_harvested_again(scythe, shelf):
    Record.objects.filter(pk__in=[one.pk for one in shelf]).update(stamp=datetime(2024, 1, 1, tzinfo=UTC))
    mark_changed(shelf[1], title_es="Nueva")
    assert found(scythe.list_records(from_="2024-06-01")) == {shelf[1].code}


def test_a_set_is_harvested(scythe, shelf):
    law = make_record("Ley", kind="law")
    assert [one.identifier.rsplit(":", 1)[1] for one in scythe.list_identifiers(set_="kind:law")] == [law.code]


def test_the_repository_is_known(scythe, shelf):
    assert scythe.identify().repositoryName == "Red MPE"
    assert [one.metadataPrefix for one in scythe.list_metadata_formats()] == ["oai_dc", "oai_datacite"]
    assert "kind:law" in [one.setSpec for one in scythe.list_sets()]


def test_errors_arrive_as_errors(scythe, shelf):
    with pytest.raises(NoRecordsMatch):
        list(scythe.list_records(from_="2090-01-01"))
    with pytest.raises(BadResumptionToken):
        list(scythe.list_records(resumption_token="broken"))
