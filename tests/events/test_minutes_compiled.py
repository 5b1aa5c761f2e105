"""The minutes of a group, across its meetings: the lists, and the files."""

import pytest
from django.contrib.auth.models import AnonymousUser

from events import actions
from events.exports.minutes import inert
from events.querysets import minuted
from events.querysets.compiling import Compiled
from events.views import minutes_group
from tests.conftest import make_person
from tests.factories.events import make_group
from tests.factories.minutes import begun, item_of, meeting, published, task_for
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def minutes(group, chair):
    return published(meeting("junta", group), chair)


@pytest.fixture
def years(group, chair):
    """Minutes of three meetings, in two years."""
    return [published(meeting(f"junta-{days}", group, days_ago=days), chair) for days in (5, 40, 100)]


def test_only_minutes_that_are_read_are_compiled(group, years, miner, seated):
    assert Compiled(group, seated).minutes().count() == 3
    for who in (AnonymousUser(), fresh(miner.user)):
        compiled = Compiled(group, who)
        assert [compiled.minutes().count(), compiled.resolutions().count(), compiled.tasks().count(), compiled.years()] == [0, 0, 0, []]


def test_drafts_are_not_compiled_even_for_who_runs_them(group, chair):
    begun(meeting("borrador", group), chair)
    assert not Compiled(group, chair).minutes().exists()


def test_minutes_of_one_year_are_compiled(group, years, seated):
    compiled = Compiled(group, seated, year=2025)
    assert compiled.years() == [2026, 2025]
    assert [minutes.event.slug for minutes in compiled.minutes()] == ["junta-100"]
    assert compiled.resolutions().count() == 2


@pytest.mark.parametrize(
    ("words", "found"), [("rio", 1), ("RÍO mide", 1), ("nada", 0), ("água", 3), ("volver mayo", 3), ("cauce río", 0), ("", 3), ("x", 3)]
)
def test_minutes_are_found_by_words_in_any_language(group, years, chair, seated, words, found):
    for minutes in years[1:]:
        actions.change_resolution(
            resolution=item_of(minutes).resolutions.get(kind="decision"), actor=chair, kind="decision", text={"es": "Otra cosa."}
        )
    assert Compiled(group, seated, words=words).minutes().count() == found


def test_struck_out_resolutions_are_not_compiled(group, years, chair, seated):
    actions.remove_resolution(resolution=item_of(years[0]).resolutions.get(kind="decision"), actor=chair)
    assert Compiled(group, seated).resolutions().count() == 5


def test_tasks_are_compiled_open_and_urgent_first(group, years, chair, seated, miner):
    late = task_for(years[2], chair, days=-3, person=miner)
    soon = task_for(years[0], chair, days=3, person=miner)
    closed = actions.close_task(task=task_for(years[1], chair, days=-9, person=miner), actor=chair, state="done")
    rows = list(Compiled(group, seated).tasks())
    assert (rows[0], rows[1], rows[-1]) == (late, soon, closed)
    assert list(Compiled(group, seated).tasks(state="closed")) == [closed]
    assert list(Compiled(group, seated).tasks(state="open", who=f"p{miner.pk}")) == [late, soon]


def test_takers_that_can_be_chosen_are_those_who_are_shown(group, years, chair, seated, miner, cooperative):
    for taker in ({"person": miner}, {"organisation": cooperative}, {"person": make_person("oculta", name_audience="nobody")}):
        task_for(years[0], chair, **taker)
    compiled = Compiled(group, seated)
    assert compiled.takers() == [(f"o{cooperative.pk}", cooperative.name), (f"p{miner.pk}", miner.name)]
    assert compiled.tasks(who=f"o{cooperative.pk}").count() == 1


def test_what_is_only_for_a_group_leaks_nowhere(as_user, group, years, miner):
    client = as_user(miner)
    places = [(url("events:group_minutes", "mesa"), {"show": show, "q": "agua"}) for show in ("minutes", "resolutions", "tasks")]
    places += [(url("events:group_minutes_file", "mesa", kind), {}) for kind in ("csv", "md")]
    places += [(url("portal:search"), {"q": "caudal río"}), (url("members:group_detail", "mesa"), {}), ("/calendar.atom", {})]
    for path, query in places:
        page = client.get(path, query).content.decode()
        assert not [word for word in ("junta-", "Se mide el", "Doña Luz", "Volver en") if word in page], path


@pytest.mark.parametrize("show", ["minutes", "resolutions", "tasks", "nothing"])
def test_group_page_shows_each_list(as_user, group, years, seated, show):
    wanted = {"minutes": "junta-40", "resolutions": "Se mide el río", "tasks": "Pedir el permiso", "nothing": "junta-40"}[show]
    assert wanted in text_of(as_user(seated).get(url("events:group_minutes", "mesa"), {"show": show}))


def test_group_page_takes_nonsense_for_nothing(as_user, group, years, seated):
    query = {"year": "99999999", "who": "p1; drop", "state": "x", "page": "77", "q": "%_'"}
    assert as_user(seated).get(url("events:group_minutes", "mesa"), query).status_code == 200


@pytest.mark.parametrize("show", ["minutes", "resolutions", "tasks"])
def test_group_page_is_flat(as_user, group, chair, seated, show):
    published(meeting("primera", group), chair)
    client = as_user(seated)
    read = lambda: client.get(url("events:group_minutes", "mesa"), {"show": show})  # noqa: E731
    flat(read, lambda: [published(meeting(f"otra-{days}", group, days_ago=days), chair) for days in (9, 19, 29)], ceiling=24)


def test_group_that_is_not_shown_has_no_minutes(as_user, miner):
    make_group("oculto", audience="nobody")
    assert as_user(miner).get(url("events:group_minutes", "oculto")).status_code == 404


# --- files


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1"])
def test_no_cell_is_a_formula(words):
    assert inert(words).startswith("'")


def test_plain_words_stay_as_they_are():
    assert inert("Medir = cuidar") == "Medir = cuidar"


def test_table_holds_resolutions_and_tasks(as_user, group, minutes, chair, seated):
    actions.add_resolution(item=item_of(minutes), actor=chair, kind="decision", text={"es": "=HYPERLINK(1)"})
    response = as_user(seated).get(url("events:group_minutes_file", "mesa", "csv"))
    table = response.content.decode()
    assert response["Content-Type"].startswith("text/csv")
    assert "D1,Se mide el río cada mes." in table
    assert "'=HYPERLINK" in table
    assert "Doña Luz" in table


def test_text_is_markdown_without_markup_of_people(as_user, group, minutes, chair, seated):
    actions.add_resolution(item=item_of(minutes), actor=chair, kind="agreement", text={"es": "# [x](http://y)\n- z"})
    text = as_user(seated).get(url("events:group_minutes_file", "mesa", "md")).content.decode()
    assert "- **D1** Se mide el río cada mes." in text
    assert "\\# \\[x\\](http://y) \\- z" in text


def test_other_formats_do_not_exist(as_user, group, seated):
    assert as_user(seated).get(url("events:group_minutes_file", "mesa", "exe")).status_code == 404


def test_words_are_looked_for_in_each_place_by_itself(group, years, seated):
    found = Compiled(group, seated, words="rio volver agua").minutes()
    assert found.count() == 3
    assert 'JOIN "events_minutesitem"' not in str(found.query).split("EXISTS")[0]
    assert "LEFT" not in str(found.query)


def test_a_search_of_minutes_has_four_words_at_most(group, years, seated):
    assert Compiled(group, seated, words="volver volver volver volver zqnone").minutes().count() == 3
    assert not Compiled(group, seated, words="volver volver volver zqnone").minutes().exists()


@pytest.mark.parametrize("kind", ["csv", "md"])
def test_a_file_makes_no_page_of_its_words(as_user, group, minutes, seated, monkeypatch, kind):
    made = []
    monkeypatch.setattr(minuted, "markdown", made.append)
    assert "Se mide el" in as_user(seated).get(url("events:group_minutes_file", "mesa", kind)).content.decode()
    assert made == []


def test_files_are_given_so_often_in_an_hour(as_user, group, minutes, seated, monkeypatch):
    monkeypatch.setattr(minutes_group, "FILES", 1)
    address = url("events:group_minutes_file", "mesa", "csv")
    asked = as_user(seated)
    assert [asked.get(address).status_code for _time in range(2)] == [200, 429]
