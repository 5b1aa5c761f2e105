"""The tree of a version is kept until a row in it changes, and then read anew; the chosen clause is everybody's own."""

import gzip

import pytest
from django.core.cache import cache

from standards.models import ClauseLanguage, ClauseText, Framework
from standards.querysets.marks import tree_mark
from tests.factories.drafting import at, grow, seat
from tests.standards.drafting.walking import path
from tests.support.pages import text_of
from tests.support.queries import count_queries, flat

TOUCHED = {
    "clause": lambda: ClauseText.objects.filter(label="1.2").update(label="1.9"),
    "position": lambda: ClauseText.objects.filter(label="1").update(position=70),
    "language": lambda: ClauseLanguage.objects.filter(clause_text__label="1.2", language="es").update(state="reviewed"),
    "framework": lambda: Framework.objects.update(authentic_language="en"),
}


@pytest.fixture
def desk(as_user, writer):
    return as_user(writer)


def look(desk, rio, more=""):
    return desk.get(path("drafting_tree", rio) + more).content.decode()


def rows(desk, rio):
    return look(desk, rio).partition('<ol class="tree">')[2].partition("</ol>")[0]


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_changes_the_mark_is_another(rio, what):
    before = tree_mark(rio)
    assert before == tree_mark(rio)
    assert TOUCHED[what]()
    assert tree_mark(rio) != before


@pytest.mark.parametrize("what", TOUCHED)
def test_a_change_is_seen_at_once(rio, desk, what):
    before = rows(desk, rio)
    assert before == rows(desk, rio)
    TOUCHED[what]()
    assert rows(desk, rio) != before


def test_the_mark_is_one_question(rio):
    assert len(count_queries(lambda: tree_mark(rio))) == 1


def test_a_kept_tree_is_not_read_again(rio, desk):
    assert not [query for query in count_queries(lambda: look(desk, rio)) if '"plain_es"' in query]


def test_a_tree_that_is_not_kept_asks_as_much_for_many_clauses(rio, desk, writer):
    def read():
        cache.clear()
        look(desk, rio)

    flat(read, lambda: [grow(rio, writer, parent="2") for _ in range(3)], ceiling=14)


@pytest.mark.parametrize(("more", "marked"), [("", ""), ("&by=up", " autofocus")])
def test_the_chosen_clause_is_chosen_in_a_kept_tree(rio, desk, more, marked):
    key = at(rio, "1.2").clause.uuid
    look(desk, rio)
    page = look(desk, rio, f"?at={key}{more}")
    assert page.count(" checked") == 1
    assert f'value="{key}" checked{marked}>' in page
    assert " checked" not in look(desk, rio)


@pytest.mark.parametrize("asked", ["nada", "1f5ce6f3-301c-438f-9cfa-7e1e4b4c4206", "edit", "%22%3E%3Cb%3E"])
def test_what_is_no_clause_chooses_none(rio, desk, asked):
    assert " checked" not in look(desk, rio, f"?at={asked}")


def test_who_looks_on_gets_a_tree_without_buttons(rio, desk, as_user):
    assert 'type="radio"' in look(desk, rio)
    words = look(as_user(seat(rio.framework, "olga-vera", role="observer")), rio)
    assert "1.1.1" in words
    assert 'type="radio"' not in words


@pytest.mark.parametrize("more", ["", "?at={}"])
def test_a_compressed_tree_holds_the_same_words(rio, desk, more):
    more = more.format(at(rio, "1").clause.uuid)
    packed = desk.get(path("drafting_tree", rio) + more, headers={"Accept-Encoding": "gzip"})
    assert "1.1.1" in gzip.decompress(packed.content).decode()


def test_counts_stand_above_a_kept_tree(rio, desk, writer):
    assert "5 cláusulas" in text_of(desk.get(path("drafting_tree", rio)))
    grow(rio, writer, "3")
    assert "6 cláusulas" in text_of(desk.get(path("drafting_tree", rio)))
