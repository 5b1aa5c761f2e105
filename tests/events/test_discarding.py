"""A draft that nobody wants goes; what was announced stays. And how the report finds its way into the library."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import documents
from events.actions.discarding import discard_draft
from events.models import Event, SeatCount
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from tests.factories.after import asked, stored_photo
from tests.factories.events import held, stored
from tests.support.pages import text_of, url


@pytest.fixture
def draft(db):
    return stored("ensayo", state="draft", announced_at=None)


def test_draft_goes_with_all_that_was_prepared(draft, secretary):
    asked(draft, secretary)
    stored_photo(draft)
    discard_draft(event=draft, actor=secretary)
    assert not Event.objects.exists()
    assert AuditEntry.objects.get(verb="events.draft_discarded").data == {"slug": "ensayo"}


def test_draft_that_is_gone_is_no_fault(draft, secretary):
    discard_draft(event=draft, actor=secretary)
    draft.pk = 1
    discard_draft(event=draft, actor=secretary)
    assert AuditEntry.objects.filter(verb="events.draft_discarded").count() == 1


@pytest.mark.parametrize("fields", [{"state": "announced"}, {"state": "cancelled"}, {"state": "draft", "announced_at": timezone.now()}])
def test_what_was_announced_stays(fields, secretary):
    with pytest.raises(DomainError, match="ya se anunció"):
        discard_draft(event=stored("uno", **fields), actor=secretary)
    assert Event.objects.exists()


def test_draft_that_was_announced_in_the_meantime_stays(draft, secretary):
    Event.objects.update(state="announced")
    with pytest.raises(DomainError):
        discard_draft(event=draft, actor=secretary)


@pytest.mark.parametrize("who", ["nobody", "miner", "seated"])
def test_who_does_not_run_it_deletes_nothing(who, draft, group, request):
    user = AnonymousUser() if who == "nobody" else request.getfixturevalue(who)
    draft.groups.set([group])
    with pytest.raises(PermissionDenied):
        discard_draft(event=draft, actor=getattr(user, "user", user))


def test_chair_deletes_the_draft_of_the_group(draft, group, chair):
    draft.groups.set([group])
    discard_draft(event=draft, actor=chair)
    assert not Event.objects.exists()


def test_draft_is_deleted_on_its_page(as_user, draft, secretary):
    asking, address = as_user(secretary), url("events:event_discard", draft.slug)
    assert address in asking.get(draft.get_absolute_url()).content.decode()
    assert "No se puede deshacer" in text_of(asking.get(address))
    assert "está borrado" in text_of(asking.post(address, follow=True))
    assert asking.get(address).status_code == 404


def test_page_does_not_offer_to_delete_what_was_announced(as_user, secretary):
    event = stored("uno")
    asking, address = as_user(secretary), url("events:event_discard", event.slug)
    assert address not in asking.get(event.get_absolute_url()).content.decode()
    assert "<button" not in asking.get(address).content.decode().split("<main")[1].split("</main")[0]
    assert asking.post(address).status_code == 409


def test_report_that_is_in_no_library_is_one_step_away(as_user, secretary, miner):
    event = held("feria", state="reported", report_es="Vinieron 600 personas.")
    address = f"{url('events:event_documents', event.slug)}#shelf"
    assert address in as_user(secretary).get(event.get_absolute_url()).content.decode()
    assert address not in as_user(miner).get(event.get_absolute_url()).content.decode()
    assert 'id="shelf"' in as_user(secretary).get(address).content.decode()


def test_report_that_is_in_the_library_is_not_offered_again(as_user, secretary):
    event = held("feria", state="reported", report_es="Vinieron 600 personas.")
    documents.shelve_report(event=event, actor=secretary, licence="CC-BY-4.0")
    assert "#shelf" not in as_user(secretary).get(event.get_absolute_url()).content.decode()


def test_draft_takes_the_locks_of_its_seats_first(draft, secretary):
    with CaptureQueriesContext(connection) as asked:
        discard_draft(event=draft, actor=secretary)
    locks = [one["sql"] for one in asked if "FOR" in one["sql"] and "UPDATE" in one["sql"]]
    assert [sql.split('FROM "')[1].split('"')[0] for sql in locks][0] == "events_seatcount"
    assert 'FROM "events_event"' in locks[-1]


def test_draft_that_is_gone_leaves_no_count_behind(draft, secretary):
    Event.objects.all().delete()
    discard_draft(event=draft, actor=secretary)
    assert not SeatCount.objects.exists()
