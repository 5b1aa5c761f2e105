"""Two versions side by side: pairs by identity, pieces from the cache, words for ears, and the page."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from standards.actions.changelog import write_change_log
from standards.models import ClauseLineage, ClauseText, VersionChange
from standards.querysets.lineage import Descent
from standards.querysets.redlines import pairs, tell_lineage
from standards.views.redlines import column_of, read_redline, spoken
from tests.support.frameworks import make_clause, make_version
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat
from tests.support.versions import follow

WORDS = st.text(alphabet=st.sampled_from("agua río <>&\n.,;áé1 "), max_size=60)


def without(tag, html):
    """The text that is left when what stands in one tag goes, with everything that only ears hear."""
    html = re.sub(r'<span class="hide">[^<]*</span>', "", str(html))
    html = re.sub(rf"<{tag}>.*?</{tag}>", "", html)
    return unescape(re.sub(r"</?(?:ins|del)>", "", html.replace("<br>", "\n")))


@given(WORDS, WORDS)
def test_without_insertions_the_redline_is_the_old_text(before, after):
    assert without("ins", spoken(before, after)) == before


@given(WORDS, WORDS)
def test_without_deletions_the_redline_is_the_new_text(before, after):
    assert without("del", spoken(before, after)) == after


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_redline_has_no_markup_of_the_text(before, after):
    html = re.sub(r"</?(?:ins|del|br)>", "", re.sub(r'<span class="hide">[^<]*</span>', "", spoken(before, after)))
    assert "<" not in html


def test_ears_hear_what_came_and_went():
    with translation.override("en"):
        html = spoken("el agua", "la tierra")
    assert '<del><span class="hide">[removed: </span>' in html
    assert '<ins><span class="hide">[added: </span>' in html
    assert html.count('<span class="hide">]</span>') == html.count('<span class="hide">[')


@pytest.fixture
def old(version, clause):
    make_clause(version, "2.4", text_es="El oro se pesa.", text_en="Gold is weighed.")
    make_clause(version, "2.5", text_es="La balanza se calibra.")
    return version


@pytest.fixture
def new(old):
    return follow(old, "0.3")


def write(version, called, /, **words):
    html = {name.replace("text_", "text_html_"): f"<p>{value}</p>" for name, value in words.items() if name.startswith("text_")}
    ClauseText.objects.filter(version=version, label=called).update(**words, **html)


def labels(found):
    return [(pair.old and pair.old.label, pair.new and pair.new.label) for pair in found]


def read(old, new, language="es", user=None):
    with translation.override(language):
        return {re.search(r"(?:</?\w[^>]*>|\s)*([\d.]+)<", piece.html)[1]: piece for piece in read_redline(user, old, new, language)}


def test_pairs_follow_the_new_text_and_what_has_gone_what_it_followed(old, new):
    write(new, "2.5", label="4.1", position=0)
    ClauseText.objects.get(version=new, label="2.4").delete()
    make_clause(new, "9", text_es="Nueva.")
    assert labels(pairs(old, new)) == [("2.5", "4.1"), ("2.3.1", "2.3.1"), ("2.4", None), (None, "9")]


def test_what_stood_first_and_has_gone_stands_first(old, new):
    ClauseText.objects.get(version=new, label="2.3.1").delete()
    assert labels(pairs(old, new))[0] == ("2.3.1", None)


def test_a_version_beside_itself_has_the_same_on_both_sides(old):
    assert labels(pairs(old, old)) == [("2.3.1", "2.3.1"), ("2.4", "2.4"), ("2.5", "2.5")]


def test_a_pair_knows_that_it_has_moved(old, new):
    write(new, "2.5", label="4.1")
    write(new, "2.4", parent=ClauseText.objects.get(version=new, label="2.3.1"))
    assert [pair.moved for pair in pairs(old, new)] == [False, True, True]


def test_lineage_is_told_to_both_sides_except_moving(old, new):
    first, second, _third = found = pairs(old, new)
    rows = [Descent(new.pk, "split", first.clause, second.clause, "", "", "Era largo."), Descent(new.pk, "moved", 1, None, "1", "2", "")]
    with translation.override("en"):
        tell_lineage(rows, found, old, new)
    assert first.notes == ["Split: a part of it became 2.4. Era largo."]
    assert second.notes == ["Split off from 2.3.1. Era largo."]


def test_lineage_of_other_versions_is_not_told(old, new):
    found = pairs(old, new)
    tell_lineage([Descent(old.pk, "retired", found[0].clause, None, "", "", "")], found, old, new)
    assert not any(pair.notes for pair in found)


def test_an_unchanged_clause_shows_its_own_html(old, new):
    piece = read(old, new)["2.4"]
    assert piece.kind == ""
    assert "<p>El oro se pesa.</p>" in piece.html
    assert "<ins>" not in piece.html


def test_changed_words_are_marked(old, new):
    write(new, "2.4", text_es="El oro no se pesa.")
    piece = read(old, new)["2.4"]
    assert (piece.kind, piece.moved) == ("substantive", False)
    assert "no" in re.search(r"<ins>(.*?)</ins>", piece.html)[1]


def test_a_moved_clause_is_compared_with_itself(old, new):
    write(new, "2.4", label="4.1")
    piece = read(old, new)["4.1"]
    assert (piece.kind, piece.moved) == ("moved", True)
    assert "era 2.4" in piece.html
    assert "<ins>" not in piece.html


def test_changed_facts_and_other_words_are_marked(old, new):
    write(new, "2.4", verbal_form="must", deadline_months=12, responsible=["plant", "buyer"], guidance_es="Con balanza.")
    html = read(old, new, "en")["2.4"].html
    assert "Gold is weighed." in html
    assert "must" in html
    assert "plant, buyer" in html
    assert "<dt>Deadline in months</dt>" in html


def test_a_language_in_which_nothing_changed_says_so(old, new):
    write(new, "2.4", text_es="El oro no se pesa.")
    assert "In this language the words are the same" in read(old, new, "en")["2.4"].html


def test_a_language_without_words_gives_way_to_the_authentic_one(old, new):
    write(new, "2.5", text_es="La balanza no se calibra.", title_es="Balanza")
    html = read(old, new, "pt-br")["2.5"].html
    assert 'lang="es"' in html
    assert "Español" in html


@pytest.mark.parametrize(("has", "column"), [((True, True), "en"), ((True, False), "es"), ((False, None), "es"), ((True, None), "en")])
def test_the_column_is_the_wanted_one_where_all_sides_have_it(has, column):
    sides = [None if one is None else {"title_en": "", "text_en": "Water" if one else ""} for one in has]
    assert column_of(*sides, "en", "es") == column


def test_what_people_called_a_change_holds_for_the_next_version(old, new):
    write(new, "2.4", text_es="El oro no se pesa.")
    write_change_log(new)
    VersionChange.objects.update(kind="editorial")
    assert read(old, new)["2.4"].kind == "editorial"


def test_what_is_kept_is_not_rendered_again(old, new):
    first = read(old, new)
    queries = count_queries(lambda: read(old, new))
    assert len(queries) == 3
    assert not any("text_html_es" in query for query in queries)
    assert read(old, new) == first


def test_a_changed_word_asks_for_another_piece(old, new):
    read(old, new)
    write(new, "2.5", text_es="Otra balanza.")
    assert "Otra" in read(old, new)["2.5"].html


def test_a_lineage_asks_for_another_piece(old, new, secretary):
    read(old, new)
    clause = new.texts.get(label="2.5").clause
    ClauseLineage.objects.create(version=new, kind="restored", clause=clause, actor=secretary)
    assert "Retomada." in read(old, new, user=secretary)["2.5"].html


def test_the_redline_stays_while_the_cache_is_away(old, new, monkeypatch):
    monkeypatch.setattr(cache, "get_many", lambda keys: {})
    monkeypatch.setattr(cache, "set_many", lambda *args: [])
    assert set(read(old, new)) == {"2.3.1", "2.4", "2.5"}


def test_the_page_shows_the_whole_text_or_what_changed(client, old, new):
    write(new, "2.4", text_es="El oro no se pesa.")
    address = url("standards:redline", "marco", "0.2", "0.3")
    assert "calibra" in text_of(client.get(address))
    changed = text_of(client.get(address + "?show=changed"))
    assert "calibra" not in changed
    assert "se pesa" in changed


def test_the_whole_page_is_kept_until_a_word_changes(client, old, new):
    address = url("standards:redline", "marco", "0.2", "0.3")
    client.get(address)
    assert not any("text_html_es" in query for query in count_queries(lambda: client.get(address)))
    write(new, "2.5", text_es="Otra balanza.")
    assert "Otra" in text_of(client.get(address))


def test_each_filter_is_kept_for_itself(client, old, new):
    write(new, "2.4", text_es="El oro no se pesa.")
    address = url("standards:redline", "marco", "0.2", "0.3")
    first = [text_of(client.get(address + more)) for more in ("", "?show=changed", "?show=nonsense")]
    assert len(set(first)) == 3
    assert [text_of(client.get(address + more)) for more in ("", "?show=changed", "?show=nonsense")] == first


@pytest.mark.parametrize(("shown", "found"), [("moved", {"2.5"}), ("substantive", {"2.4"}), ("retired", set()), ("nonsense", set())])
def test_the_page_filters_by_kind(client, old, new, shown, found):
    write(new, "2.4", text_es="El oro no se pesa.")
    write(new, "2.5", label="4.1")
    page = client.get(url("standards:redline", "marco", "0.2", "0.3") + f"?show={shown}").content.decode()
    assert {label for label, words in {"2.4": "se pesa", "2.5": "calibra"}.items() if words in page} == found


def test_the_page_keeps_the_filter_in_the_languages(client, new):
    page = client.get(url("standards:redline", "marco", "0.2", "0.3") + "?show=changed&text=en").content.decode()
    assert "?text=pt-br&amp;show=changed" in page
    assert "Ninguna cláusula" in page


def test_choosing_leads_to_the_two_versions(client, new):
    chosen = client.get(url("standards:redline_choose", "marco") + "?old=0.3&new=0.2")
    assert chosen.status_code == 303
    assert chosen["Location"] == url("standards:redline", "marco", "0.3", "0.2")


@pytest.mark.parametrize("asked", ["", "?new=0.3", "?new=nonsense&old=nonsense"])
def test_choosing_nothing_leads_to_the_newest_and_the_one_before(client, new, asked):
    assert client.get(url("standards:redline_choose", "marco") + asked)["Location"] == url("standards:redline", "marco", "0.2", "0.3")


def test_the_first_version_is_beside_itself(client, old):
    assert client.get(url("standards:redline_choose", "marco"))["Location"] == url("standards:redline", "marco", "0.2", "0.2")


def test_a_framework_without_visible_versions_has_nothing_to_compare(client, framework):
    assert client.get(url("standards:redline_choose", "marco")).status_code == 404


def test_a_draft_is_compared_by_its_committee_only(client, as_user, old, secretary):
    follow(old, "0.3", public=False)
    address = url("standards:redline", "marco", "0.2", "0.3")
    assert client.get(address).status_code == 404
    assert as_user(secretary).get(address).status_code == 200


def test_the_redline_of_200_clauses_is_flat(client, framework):
    old = make_version(framework, "0.1")
    for number in range(20):
        make_clause(old, f"1.{number}", text_es=f"Agua {number}.")
    new = follow(old, "0.2")

    def grow():
        for number in range(180):
            make_clause(new, f"2.{number}", text_es=f"Tierra {number}.")

    flat(lambda: client.get(url("standards:redline", "marco", "0.1", "0.2")), grow, ceiling=6)


def head_on_paper(client, more=""):
    html = client.get(url("standards:redline", "marco", "0.2", "0.3") + more).content.decode()
    return re.sub(r"<[^>]+>|\s+", " ", html.partition('<dl class="kv paper">')[2].partition("</dl>")[0])


@pytest.mark.parametrize("said", ["Marco", "Versión 0.2", "Versión 0.3", "en redacción", "Español", "9 de marzo de 2026"])
def test_on_paper_a_redline_says_what_it_is_of(client, old, new, said):
    assert said in " ".join(head_on_paper(client).split())


def test_on_paper_a_redline_says_where_it_is(client, old, new, settings):
    assert f"{settings.BASE_URL}{url('standards:redline', 'marco', '0.2', '0.3')}?text=en" in head_on_paper(client, "?text=en")


def test_on_paper_a_redline_says_what_it_leaves_out(client, old, new):
    assert "Se muestra" not in head_on_paper(client)
    assert "solo lo que cambió" in " ".join(head_on_paper(client, "?show=changed").split())


def test_the_marks_are_told_beside_themselves(client, old, new):
    page = client.get(url("standards:redline", "marco", "0.2", "0.3")).content.decode()
    assert "<del>Lo tachado se quitó.</del> <ins>Lo subrayado se añadió.</ins>" in page
