"""Searches that somebody keeps, and word of what is new in them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from publications.actions import searching
from publications.actions.searching import change_search, delete_search, keep_search, tell_of_new
from publications.models import Asked, Record, SavedSearch
from publications.notifications.searching import NAMED, describe_searches, keeper, own_searches
from publications.tasks import tell_of_new as task
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.models import Notification
from tests.factories.publications import make_record
from tests.factories.standards import tell
from tests.support.pages import text_of, url
from tests.support.queries import flat

PLACE = "publications:saved_searches"


def keep(user, query="q=oro", name="Oro", alert=True, days=2):
    search = keep_search(actor=user, asked=Asked.read(query), name=name, alert=alert)
    SavedSearch.objects.filter(pk=search.pk).update(told_until=timezone.now() - timedelta(days=days))
    search.refresh_from_db()
    return search


def came(title="Oro nuevo", **fields):
    return make_record(title, published_at=timezone.now() - timedelta(hours=1), **fields)


def entries():
    return list(AuditEntry.objects.filter(verb="publications.saved_search").order_by("pk"))


def test_a_search_is_kept_in_its_normal_form(miner):
    assert keep(miner.user, "kind=law&q=oro&page=2&sort=year").query == "q=oro&kind=law"


def test_the_same_search_is_kept_once(miner):
    keep(miner.user, name="Uno")
    keep(miner.user, name="Dos")
    assert SavedSearch.objects.get().name == "Dos"


def test_two_people_keep_the_same_search(miner, neighbour):
    keep(miner.user), keep(neighbour.user)
    assert SavedSearch.objects.count() == 2


@pytest.mark.parametrize("query", ["", "sort=year", "q=%20"])
def test_a_search_of_nothing_is_not_kept(miner, query):
    with pytest.raises(DomainError, match=r"nothing to keep|nada que guardar"):
        keep(miner.user, query)


def test_a_very_long_search_is_not_kept(miner):
    with pytest.raises(DomainError, match=r"too long|demasiado larga"):
        keep(miner.user, "&".join(f"country=A{n}&language=l{n}&theme=the-theme-number-{n}" for n in range(30)))


def test_a_search_too_many_is_not_kept(miner, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 1)
    keep(miner.user)
    keep(miner.user, name="Otra vez")
    with pytest.raises(DomainError):
        keep(miner.user, "q=agua")


def test_visitors_keep_nothing(db):
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(PermissionDenied):
        keep_search(actor=AnonymousUser(), asked=Asked.read("q=oro"), name="x", alert=False)


@pytest.mark.parametrize("act", [lambda **k: change_search(**k, name="x", alert=True), delete_search])
def test_nobody_touches_the_searches_of_others(miner, secretary, act):
    search = keep(miner.user)
    with pytest.raises(PermissionDenied):
        act(actor=secretary, search=search)


def test_switched_on_again_the_news_begin_now(miner):
    search = keep(miner.user, alert=False, days=90)
    changed = change_search(actor=miner.user, search=search, name="Oro", alert=True)
    assert timezone.now() - changed.told_until < timedelta(hours=1)


def test_a_new_name_does_not_swallow_news(miner):
    search = keep(miner.user)
    assert change_search(actor=miner.user, search=search, name="Otro", alert=True).told_until == search.told_until


def test_what_is_new_is_told_once(miner):
    keep(miner.user)
    record = came()
    assert tell_of_new() == 1
    assert tell_of_new() == 0
    assert [entry.data["records"] for entry in entries()] == [[record.pk]]


def test_the_task_may_run_twice(miner):
    keep(miner.user)
    came()
    task(), task()
    assert len(entries()) == 1


def test_who_was_told_by_another_process_is_not_told_again(miner, monkeypatch):
    search = keep(miner.user)
    came()
    SavedSearch.objects.update(told_until=timezone.now())
    assert searching._tell(search, timezone.now()) is False
    assert entries() == []


def test_nothing_new_is_not_told_and_not_forgotten(miner):
    keep(miner.user)
    assert tell_of_new() == 0
    assert timezone.now() - SavedSearch.objects.get().told_until < timedelta(hours=1)


def test_once_a_day_is_enough(miner):
    search = keep(miner.user, days=0)
    came()
    assert tell_of_new() == 0
    assert SavedSearch.objects.get().told_until == search.told_until


def test_a_record_of_this_very_moment_is_told_next_time(miner):
    keep(miner.user)
    make_record("Oro de ahora")
    assert tell_of_new() == 0


@pytest.mark.parametrize("change", [{"alert": False}, {"user__is_active": False}])
def test_who_wants_no_news_gets_none(miner, change):
    search = keep(miner.user)
    came()
    if "alert" in change:
        SavedSearch.objects.update(alert=False)
    else:
        type(search.user).objects.filter(pk=search.user_id).update(is_active=False)
    assert tell_of_new() == 0


def test_very_many_are_told_as_many(miner, monkeypatch):
    monkeypatch.setattr(searching, "LISTED", 1)
    keep(miner.user)
    came(), came()
    tell_of_new()
    (entry,) = entries()
    assert (len(entry.data["records"]), entry.data["more"]) == (1, True)


def test_the_keeper_alone_is_told(miner, neighbour):
    keep(miner.user)
    came()
    tell_of_new()
    tell()
    assert list(Notification.objects.values_list("recipient", flat=True)) == [miner.user.pk]
    assert list(keeper(entries()[0])) == [miner.user.pk]


def test_words_of_the_search_are_not_in_the_audit(miner):
    keep(miner.user, "q=zqsecreto+oro", name="Zqnombre")
    make_record("zqsecreto oro", published_at=timezone.now() - timedelta(hours=1))
    tell_of_new()
    assert set(entries()[0].data) == {"records", "more"}


def test_the_line_names_the_search_and_the_records(client, miner):
    keep(miner.user, name="Mi oro")
    came("Oro limpio")
    tell_of_new()
    tell()
    client.force_login(miner.user)
    assert "1 registro nuevo en la búsqueda «Mi oro»: Oro limpio" in text_of(client.get(url("notifications:inbox")))


def test_what_was_closed_meanwhile_is_not_told(miner):
    keep(miner.user)
    record = came("Oro limpio")
    came("Oro que queda")
    tell_of_new()
    Record.objects.filter(pk=record.pk).update(state="withdrawn", withdrawn_reason="x")
    (item,) = describe_searches(entries()).values()
    assert [one["title"] for one in item["records"]] == ["Oro que queda"]


def test_when_nothing_is_left_nothing_is_said(miner):
    keep(miner.user)
    came()
    tell_of_new()
    Record.objects.update(access="group", access_group=None, state="draft")
    assert describe_searches(entries()) == {}
    assert list(own_searches(entries(), miner.user)) == []


def test_a_deleted_search_says_nothing(miner):
    search = keep(miner.user)
    came()
    tell_of_new()
    delete_search(actor=miner.user, search=search)
    assert describe_searches(entries()) == {}
    assert list(keeper(entries()[0])) == []


def test_others_do_not_see_it(miner, secretary):
    keep(miner.user)
    came()
    tell_of_new()
    assert list(own_searches(entries(), secretary)) == []
    assert list(own_searches(entries(), miner.user)) == [entries()[0].pk]


def test_a_mail_names_eight_and_says_there_are_more(miner):
    keep(miner.user)
    for n in range(NAMED + 1):
        came(f"Oro {n}", issued="" if n else "2020")
    tell_of_new()
    (item,) = describe_searches(entries()).values()
    assert (len(item["records"]), item["count"], item["more"]) == (NAMED, NAMED + 1, True)


def test_the_page_shows_ones_own_searches(client, miner, neighbour):
    keep(miner.user, name="Mía"), keep(neighbour.user, name="Ajena")
    client.force_login(miner.user)
    words = text_of(client.get(url(PLACE)))
    assert "Mía" in words
    assert "Ajena" not in words


def test_the_page_without_searches_says_how_to_begin(client, miner):
    client.force_login(miner.user)
    assert "Todavía no hay nada guardado" in text_of(client.get(url(PLACE)))


def test_a_search_is_kept_from_the_page(client, miner):
    client.force_login(miner.user)
    response = client.post(url("publications:keep_search"), {"query": "q=oro&kind=law", "name": "Leyes", "alert": "on"})
    assert (response.status_code, response.url) == (303, url(PLACE))
    assert SavedSearch.objects.values_list("name", "query", "alert").get() == ("Leyes", "q=oro&kind=law", True)


def test_a_refused_search_keeps_its_name(client, miner):
    client.force_login(miner.user)
    response = client.post(url("publications:keep_search"), {"query": "", "name": "Mi nombre"})
    assert response.status_code == 422
    assert 'value="Mi nombre"' in response.content.decode()
    assert "nada que guardar" in text_of(response)


def test_a_search_without_a_name_is_asked_for_one(client, miner):
    client.force_login(miner.user)
    response = client.post(url("publications:keep_search"), {"query": "q=oro", "name": " "})
    assert response.status_code == 422
    assert 'name="query" value="q=oro"' in response.content.decode()


def test_a_search_is_renamed_and_silenced(client, miner):
    search = keep(miner.user)
    client.force_login(miner.user)
    assert client.post(url("publications:change_search", search.pk), {"name": "Otro"}).status_code == 303
    assert SavedSearch.objects.values_list("name", "alert").get() == ("Otro", False)


def test_a_search_is_not_left_without_a_name(client, miner):
    search = keep(miner.user)
    client.force_login(miner.user)
    assert client.post(url("publications:change_search", search.pk), {"name": ""}).status_code == 422
    assert SavedSearch.objects.get().name == "Oro"


def test_a_search_is_deleted(client, miner):
    search = keep(miner.user)
    client.force_login(miner.user)
    assert client.post(url("publications:delete_search", search.pk)).status_code == 303
    assert not SavedSearch.objects.exists()


def test_the_library_offers_to_keep_what_was_asked(client, miner):
    client.force_login(miner.user)
    library = url("publications:library")
    assert client.get(library).context["kept"] is None
    assert client.get(f"{library}?q=oro&kind=law").context["kept"]["query"] == "q=oro&kind=law"
    long = client.get(f"{library}?q={'oro+' * 45}").context["kept"]["name"]
    assert len(long) == 120
    assert long.endswith("…")


def test_visitors_are_not_offered_to_keep(client, db):
    assert client.get(url("publications:library") + "?q=oro").context["kept"] is None


def test_the_page_of_searches_is_flat(client, miner):
    client.force_login(miner.user)
    names = iter(range(99))
    keep(miner.user)
    flat(lambda: client.get(url(PLACE)), lambda: [keep(miner.user, f"q=agua{next(names)}") for _ in range(3)])
