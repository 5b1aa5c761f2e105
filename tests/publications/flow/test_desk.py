"""What waits for the editors, on the desk and in the admin."""

import pytest
from django.urls import reverse

from publications import desk
from publications.models import AccessRequest
from tests.factories.files import make_file
from tests.factories.library_flow import proposed
from tests.factories.publications import make_identifier, make_record
from tests.support.queries import flat


@pytest.fixture
def asked(miner):
    return AccessRequest.objects.create(record=make_record("Con permiso", access="request"), user=miner.user, reason="x")


@pytest.mark.parametrize("find", [desk.proposals, desk.requests, desk.links, desk.refused_files])
def test_the_panels_are_the_editors(find, readers):
    assert {name for name, user in readers.items() if find(user) is not None} == {"editor", "secretariat"}


def test_proposals_lead_to_their_pages(miner, editor):
    record = proposed(miner)
    pile = desk.proposals(editor)
    assert (pile.count, pile.first[0].url) == (1, reverse("publications:record_desk", args=[record.code]))


def test_requests_tell_the_record_and_not_who_asks(asked, editor):
    pile = desk.requests(editor)
    assert (pile.count, pile.first[0].title, pile.first[0].note) == (1, "Con permiso", "")


@pytest.mark.parametrize("find", [desk.proposals, desk.requests, desk.links, desk.refused_files])
def test_a_higher_pile_asks_no_more(find, editor, miner, neighbour, asked):
    def more():
        for number in range(3):
            proposed(miner, f"Oro {number}")
            AccessRequest.objects.create(record=make_record(f"Con permiso {number}", access="request"), user=neighbour.user, reason="x")

    flat(lambda: find(editor), more, ceiling=2)


def test_the_task_opens_what_is_due(db):
    from publications.actions.deciding import network_day
    from publications.tasks import release_embargoes

    record = make_record(state="embargoed", embargo_until=network_day(), licence="all-rights-reserved")
    release_embargoes()
    release_embargoes()
    record.refresh_from_db()
    assert record.state == "published"


def test_the_admin_shows_a_record_and_leads_to_where_it_is_decided(client, secretary, miner):
    client.force_login(secretary)
    record = proposed(miner)
    page = client.get(reverse("admin:publications_record_change", args=[record.pk])).content.decode()
    assert "Cómo recuperar oro sin mercurio." in page
    answer = client.get(reverse("admin:publications_record_decide_on_it", args=[record.pk]))
    assert answer["Location"] == reverse("publications:record_desk", args=[record.code])


def test_the_admin_leads_to_where_a_record_is_written(client, secretary, miner):
    client.force_login(secretary)
    record = proposed(miner)
    answer = client.get(reverse("admin:publications_record_change_it", args=[record.pk]))
    assert answer["Location"] == reverse("publications:record_edit", args=[record.code])


def test_the_admin_leads_to_where_a_request_is_answered(client, secretary, asked):
    client.force_login(secretary)
    assert b"Con permiso" in client.get(reverse("admin:publications_accessrequest_changelist")).content
    answer = client.get(reverse("admin:publications_accessrequest_answer_it", args=[asked.pk]))
    assert answer["Location"] == reverse("publications:access_answer", args=[asked.pk])


def test_the_admin_lists_records_by_state(client, secretary, miner):
    client.force_login(secretary)
    proposed(miner)
    page = client.get(reverse("admin:publications_record_changelist"), {"state__exact": "proposed"}).content.decode()
    assert "Oro sin mercurio" in page


def test_a_link_that_is_gone_waits_until_a_copy_is_noted(editor):
    gone = make_identifier(make_record(), "url", "https://example.org/a", state="gone")
    make_identifier(make_record(), "url", "https://example.org/b", state="gone", archive="https://archive.example.org/b")
    make_identifier(make_record(), "url", "https://example.org/c", state="fails")
    pile = desk.links(editor)
    assert (pile.count, pile.first[0].url) == (1, reverse("publications:link_archive", args=[gone.pk]))


def test_a_refused_file_waits_to_be_removed(editor):
    record = make_record(state="accepted")
    make_file(record, scan_state="infected"), make_file(record)
    pile = desk.refused_files(editor)
    assert (pile.count, pile.first[0].url) == (1, reverse("publications:file_list", args=[record.code]))


@pytest.mark.parametrize("find", [desk.links, desk.refused_files])
def test_panels_are_flat(find, editor):
    def more():
        for _ in range(3):
            record = make_record()
            make_identifier(record, "url", f"https://example.org/{record.code}", state="gone")
            make_file(record, scan_state="infected")

    more()
    flat(lambda: find(editor), more, ceiling=2)
