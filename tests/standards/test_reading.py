"""The pieces of a framework's page that are kept: always those of now, in the reader's language, and nobody's own."""

import gzip

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from standards.models import ClauseLanguage, ClauseText, Framework, Version
from standards.views.reading import read_clauses
from tests.support.frameworks import make_clause, make_comment, make_round
from tests.support.queries import count_queries


def read(version, language="es", *, listening=False):
    version = Version.objects.select_related("framework").get(pk=version.pk)
    with translation.override(language):
        return read_clauses(version, ClauseText.objects.marks(version), listening=listening)


def test_what_is_kept_is_neither_read_nor_rendered_again(version, clause):
    first = read(version)
    queries = count_queries(lambda: read(version))
    assert read(version) == first
    assert len(queries) == 2  # the version, and one for the marks
    assert not any('"text_html_es",' in query for query in queries)


def test_changed_words_are_read_anew_by_whatever_road_they_changed(version, clause):
    read(version)
    ClauseText.objects.filter(pk=clause.pk).update(text_html_es="<p>Nuevas palabras.</p>")
    assert "Nuevas palabras." in read(version)


def test_each_language_has_its_own_pieces(version, clause):
    assert "La operación" in read(version, "es")
    assert "The operation" in read(version, "en")
    assert "Leer y debatir" not in read(version, "en")


def test_a_comment_and_a_round_change_the_piece(version, clause, miner):
    assert "hx-get" not in read(version)
    make_comment(make_round(version), miner.category, clause_text=clause)
    assert "hx-get" in read(version)
    comment = reverse("standards:clause_comment", args=[version.framework.slug, version.number, clause.label])
    assert comment not in read(version)
    assert comment in read(version, listening=True)


def test_a_stale_translation_is_marked_from_now_on(version, clause):
    before = read(version, "en")
    ClauseLanguage.objects.update_or_create(clause_text=clause, language="en", defaults={"state": "stale"})
    assert "tag late" not in before
    assert "tag late" in read(version, "en")


def test_a_renamed_framework_has_new_addresses(version, clause):
    read(version)
    Framework.objects.filter(pk=version.framework_id).update(slug="otro-nombre")
    assert "/otro-nombre/" in read(version)


def test_the_page_stays_while_the_cache_is_away(version, clause, monkeypatch):
    monkeypatch.setattr(cache, "get_many", lambda keys: {})
    monkeypatch.setattr(cache, "set_many", lambda *args: [])
    assert "La operación" in read(version)


@pytest.mark.parametrize("reader", ["miner", "secretary"])
def test_nothing_of_a_reader_is_kept_for_the_next(client, request, version, clause, reader):
    client.force_login(request.getfixturevalue(reader).user if reader == "miner" else request.getfixturevalue(reader))
    with translation.override("es"):
        before = read(version)
        client.get(reverse("standards:framework_detail", args=[version.framework.slug]))
    assert read(version) == before


def test_the_whole_is_asked_for_before_its_pieces(version, clause, monkeypatch):
    first = read(version)
    monkeypatch.setattr(cache, "get_many", lambda keys: pytest.fail("the pieces were asked for"))
    assert read(version) == first


def test_without_the_whole_its_pieces_are_joined_again(version, clause, monkeypatch):
    first = read(version)
    monkeypatch.setattr(cache, "get", lambda key: None)
    assert read(version) == first
    assert not any('"text_html_es",' in query for query in count_queries(lambda: read(version)))


def test_clauses_in_another_order_are_another_whole(version, clause):
    other = make_clause(version, "9.9", text_es="Lo último.")
    before = read(version)
    ClauseText.objects.filter(pk=other.pk).update(position=0)
    ClauseText.objects.filter(pk=clause.pk).update(position=9)
    after = read(version)
    assert before.index("La operación") < before.index("Lo último")
    assert after.index("La operación") > after.index("Lo último")


def test_a_clause_that_is_gone_is_gone_from_the_whole(version, clause):
    other = make_clause(version, "9.9", text_es="Lo último.")
    assert "Lo último" in read(version)
    other.delete()
    assert "Lo último" not in read(version)


def test_the_page_goes_out_with_the_text_as_it_was_compressed(client, version, clause):
    make_clause(version, "9.9", text_es="<p>Mucho texto.</p>" * 4000)
    address = reverse("standards:framework_detail", args=[version.framework.slug])
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert plain.packed.deflated in packed.content
    assert gzip.decompress(packed.content) == plain.content
