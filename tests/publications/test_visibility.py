"""List and page never disagree: what `visible_to` gives is what the permission allows, for every state, access and role."""

import pytest

from publications.enums import Access, Licence, RecordState, RequestState
from publications.models import AccessRequest, Collection, CollectionItem, File, Record, Relation
from tests.factories.publications import make_collection, make_record


@pytest.fixture
def shelf(group, miner):
    """A record in every state for every audience, the last ones proposed by the miner."""
    return [
        make_record(
            f"{state} {access}", state=state, access=access, access_group=group if access == Access.GROUP else None, proposed_by=owner
        )
        for state in RecordState
        for access in Access
        for owner in (None, miner.user)
    ]


def _file(record, **fields):
    fields = {"name": "hoja.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64} | fields
    return File.objects.create(record=record, number=record.files.count() + 1, **fields)


def test_records_are_listed_for_whom_they_are_allowed(shelf, readers):
    for user in readers.values():
        seen = set(Record.objects.visible_to(user))
        assert seen == {record for record in shelf if user.has_perm("publications.view_record", record)}


def test_what_is_listed_is_out_and_may_be_read(shelf, readers):
    for user in readers.values():
        listed = Record.objects.listed_for(user)
        assert {record.state for record in listed} <= {RecordState.PUBLISHED, RecordState.EMBARGOED}
        assert all(user.has_perm("publications.view_record", record) for record in listed)


def test_an_anonymous_reader_finds_only_what_is_public(shelf, readers):
    found = Record.objects.listed_for(readers["anonymous"]).values_list("access", flat=True)
    assert set(found) == {Access.PUBLIC, Access.REQUEST}


def test_a_group_s_record_is_found_by_who_sits_in_it(shelf, readers):
    assert Record.objects.listed_for(readers["sitter"]).filter(access=Access.GROUP).exists()
    assert not Record.objects.listed_for(readers["member"]).filter(access=Access.GROUP).exists()


def test_files_are_handed_out_to_whom_it_is_allowed(shelf, readers):
    for record in shelf:
        _file(record)
        _file(record, scan_state="infected")
    held = make_record("con permiso", access=Access.REQUEST)
    AccessRequest.objects.create(record=held, user=readers["member"], reason="x", state=RequestState.GRANTED, until="2099-01-01")
    _file(held)
    for user in readers.values():
        seen = set(File.objects.downloadable_by(user))
        assert seen == {file for file in File.objects.all() if user.has_perm("publications.download_file", file)}


@pytest.mark.parametrize("licence", [Licence.RESERVED, Licence.UNKNOWN])
def test_a_file_that_the_licence_keeps_is_for_nobody_but_its_keepers(licence, readers):
    file = _file(make_record(licence=licence))
    assert not File.objects.downloadable_by(readers["member"]).exists()
    assert readers["editor"].has_perm("publications.download_file", file)


def test_a_grant_ends_with_its_day(readers):
    record = make_record(access=Access.REQUEST)
    _file(record)
    AccessRequest.objects.create(record=record, user=readers["member"], reason="x", state=RequestState.GRANTED, until="2020-01-01")
    assert not File.objects.downloadable_by(readers["member"]).exists()


def test_requests_are_seen_by_who_asked_and_by_editors(readers):
    request = AccessRequest.objects.create(record=make_record(access=Access.REQUEST), user=readers["member"], reason="Para mi tesis.")
    for user in readers.values():
        seen = AccessRequest.objects.visible_to(user).exists()
        assert seen == user.has_perm("publications.view_accessrequest", request)


def test_collections_are_listed_for_whom_they_are_allowed(group, readers):
    for number, fields in enumerate(({}, {"published": False}, {"group": group, "open_to_all": False}, {"group": group})):
        make_collection(f"lista-{number}", **fields)
    for user in readers.values():
        seen = set(Collection.objects.visible_to(user))
        assert seen == {one for one in Collection.objects.all() if user.has_perm("publications.view_collection", one)}


def test_a_collection_shows_only_records_that_the_reader_finds(shelf, readers):
    make_collection("todo", *shelf)
    for user in readers.values():
        items = CollectionItem.objects.visible_to(user)
        assert {item.record for item in items} == set(Record.objects.listed_for(user))


def test_a_relation_is_told_only_to_who_may_read_both_ends(readers):
    Relation.objects.create(record=make_record(), kind="references", other=make_record(access=Access.MEMBERS))
    assert not Relation.objects.visible_to(readers["anonymous"]).exists()
    assert Relation.objects.visible_to(readers["member"]).exists()
