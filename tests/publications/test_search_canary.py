"""Words of what is not public reach nobody through the search: not as a hit, a count, a facet, a suggestion, a feed or an alert."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from publications.actions.indexing import index_record
from publications.actions.searching import tell_of_new
from publications.models import Record, SavedSearch, SearchDoc
from red_mpe.core.models import AuditEntry, Lexeme
from red_mpe.portal.actions import learn_words
from tests.factories.publications import make_author, make_record
from tests.support.pages import url

SECRET = "zqcanario"
HIDDEN = {
    "draft": {"state": "draft"},
    "proposed": {"state": "proposed"},
    "withdrawn": {"state": "withdrawn"},
    "members": {"access": "members"},
    "group": {"access": "group"},
}
QUERIES = (SECRET, "zqcanarrio", "zqcanari", f"oro+{SECRET}", f"-{SECRET}+oro", f'"{SECRET}"')


@pytest.fixture(params=HIDDEN)
def hidden(request, group):
    """A record that an account without membership may not find, with one word of its own in every text."""
    fields = HIDDEN[request.param] | ({"access_group": group} if request.param == "group" else {})
    texts = {f"{field}_{c}": f"{SECRET} {field}" for field in ("title", "abstract") for c in ("es", "en", "pt")}
    record = make_record(
        f"{SECRET} oro", countries=["VU"], kind="thesis", languages=["miq"], **{**texts, "title_es": f"{SECRET} oro"}, **fields
    )
    make_author(record, SECRET.title(), "Ana")
    index_record(record)
    make_record("Oro abierto")
    learn_words()
    return record


@pytest.mark.parametrize("words", QUERIES)
@pytest.mark.parametrize("place", ["publications:library", "publications:atom", "portal:search"])
def test_neither_page_nor_feed_tells(client, hidden, visitor, words, place):
    for reader in (None, visitor):
        if reader:
            client.force_login(reader)
        shown = client.get(f"{url(place)}?q={words}").content.decode().lower()
        assert hidden.code.lower() not in shown
        assert SECRET + " " not in shown.replace("zqcanari oro", "").replace(f"oro {SECRET} ", "").replace(f"-{SECRET} oro", "")


def test_facets_do_not_count_it(client, hidden):
    page = client.get(url("publications:library"))
    values = {option.value for facet in page.context["found"].facets for option in facet["options"]}
    assert not values & {"VU", "thesis", "miq"}
    assert page.context["found"].total == 1


def test_its_words_are_not_learnt(hidden):
    assert Lexeme.objects.exists()
    assert not Lexeme.objects.filter(word__icontains="zq").exists()


def test_a_word_that_was_public_is_not_suggested_any_more(client, db):
    record = make_record(f"{SECRET} oro")
    learn_words()
    Record.objects.filter(pk=record.pk).update(access="members")
    for place in ("publications:library", "portal:search"):
        assert f"q={SECRET}" not in client.get(f"{url(place)}?q=zqcanarrio").content.decode()


def test_an_alert_does_not_tell_it(hidden, visitor):
    then = timezone.now() - timedelta(days=2)
    SavedSearch.objects.create(user=visitor, name="x", query=f"q={SECRET}", told_until=then)
    Record.objects.update(published_at=timezone.now() - timedelta(hours=1))
    assert tell_of_new() == 0
    assert not AuditEntry.objects.filter(verb="publications.saved_search").exists()


def test_what_the_search_reads_follows_what_lists_show(hidden, readers):
    for user in readers.values():
        listed = set(Record.objects.listed_for(user).values_list("pk", flat=True))
        assert set(SearchDoc.objects.listed_for(user).values_list("pk", flat=True)) == listed


def test_the_canary_would_be_heard(client, hidden):
    Record.objects.filter(pk=hidden.pk).update(state="published", access="public")
    assert SearchDoc.objects.listed_for(AnonymousUser()).count() == 2
    assert hidden.code in client.get(f"{url('publications:library')}?q={SECRET}").content.decode()
