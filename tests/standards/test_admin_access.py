"""Who may enter which room of the secretariat, and that nothing there comes from another host."""

import pytest

from tests.conftest import make_user
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.queries import flat
from tests.support.secretariat import FOREIGN, at, enter, say

FORBIDDEN = (403, 404)
LISTS = ["framework", "version", "clausetext", "consultation", "comment", "processrules"]


@pytest.fixture
def place(miner):
    """A framework with a clause, an open round and a comment in it."""
    version = make_version(make_framework())
    text = make_clause(version, "1.1", text_es="La operación debe llevar un registro.")
    consultation = make_round(version)
    comment = say(miner, consultation, text)
    return {"framework": version.framework, "version": version, "clausetext": text, "consultation": consultation, "comment": comment} | {
        "processrules": version.framework.rules
    }


@pytest.fixture
def superuser(db):
    return make_user("todo@example.org", is_staff=True, is_superuser=True)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("who", ["secretary", "superuser"])
def test_secretariat_and_superuser_read_every_list_and_page(client, place, name, who, request):
    enter(client, request.getfixturevalue(who))
    assert client.get(at(f"{name}_changelist")).status_code == 200
    assert client.get(at(f"{name}_change", place[name].pk)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_protection_officer_reads_comments_only(client, officer, place, name):
    enter(client, officer)
    status = 200 if name == "comment" else 403
    assert [client.get(at(f"{name}_changelist")).status_code, client.get(at(f"{name}_change", place[name].pk)).status_code] == [status] * 2


@pytest.mark.parametrize("name", LISTS)
def test_members_and_strangers_are_sent_away(client, miner, place, name):
    stranger = client.get(at(f"{name}_changelist"))
    member = enter(client, miner.user).get(at(f"{name}_changelist"))
    assert [stranger.status_code, member.status_code] == [302, 302]
    assert "login" in stranger["Location"]
    assert client.get(member["Location"]).status_code == 403


@pytest.mark.parametrize("door", ["comment_add", "comment_delete", "framework_delete", "version_delete", "clausetext_delete"])
def test_nobody_writes_a_comment_or_deletes_anything(client, superuser, place, door):
    name, verb = door.split("_")
    address = at(door) if verb == "add" else at(door, place[name].pk)
    assert enter(client, superuser).post(address, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "door", ["comment_hide", "comment_restore", "consultation_announce", "version_review", "framework_import_document"]
)
def test_officer_moderates_announces_and_imports_nothing(client, officer, place, door):
    assert enter(client, officer).post(at(door, place[door.split("_")[0]].pk)).status_code in FORBIDDEN
    place["comment"].refresh_from_db()
    assert place["comment"].state == "sent"


@pytest.mark.parametrize("name", LISTS)
def test_no_page_loads_anything_from_another_host(client, secretary, place, name):
    enter(client, secretary)
    pages = [at(f"{name}_changelist"), at(f"{name}_change", place[name].pk), *([at(f"{name}_add")] if name != "comment" else [])]
    assert [FOREIGN.findall(client.get(page).content.decode()) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize(
    "query",
    ["persona=1", "persona__code=abc", "consultation__comments__persona=1", "country=PE", "gender=f", "category=1", "shown_as=protected"],
)
def test_query_string_reaches_no_column_that_is_not_a_filter(client, secretary, place, query):
    response = enter(client, secretary).get(f"{at('comment_changelist')}?{query}")
    assert response.status_code == 400


def test_sidebar_leads_to_the_desk_and_to_what_one_may_see(client, officer, secretary, place):
    seen = [enter(client, who).get(at("comment_changelist")).context["sidebar_navigation"] for who in (secretary, officer)]
    items = [[item["link"] for group in groups for item in group["items"]] for groups in seen]
    assert "/en/desk/" in items[0]
    assert at("framework_changelist") in items[0]
    assert items[1] == ["/en/desk/", at("comment_changelist")]


def test_list_of_clauses_asks_as_much_for_four_as_for_one(client, secretary, place):
    enter(client, secretary)
    flat(lambda: client.get(at("clausetext_changelist")), lambda: [make_clause(place["version"], f"2.{n}") for n in range(3)], ceiling=16)


def test_list_of_comments_asks_as_much_for_four_as_for_one(client, secretary, place, miner):
    enter(client, secretary)
    more = lambda: [say(miner, place["consultation"], place["clausetext"], body=f"Otra razón {n}.") for n in range(3)]  # noqa: E731
    flat(lambda: client.get(at("comment_changelist")), more, ceiling=18)
