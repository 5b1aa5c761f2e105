"""What is written of a synopsis is known without its words; the page on which it is written is kept piece by piece."""

import pytest

from standards.actions.synopses import synopsis_of, write_paragraph
from standards.models import Consultation, ProcessRules, SynopsisClause, Version
from standards.querysets.reports import paragraphs
from standards.querysets.writing import Written
from tests.factories.standards import fresh
from tests.standards.reports.conftest import ROUND, reread
from tests.support.frameworks import make_clause, make_comment
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat


def known():
    return Written(synopsis_of(reread()))


def look(client):
    return client.get(url("standards:synopsis_write", *ROUND, language="en"))


@pytest.fixture
def elsewhere(closed):
    """The round on a text in which clauses can still be made."""
    Consultation.objects.update(version=Version.objects.create(framework=closed.framework, number="0.9"))
    return reread()


@pytest.mark.parametrize("stage", ["closed", "answered", "written"])
def test_the_parts_are_those_of_the_page_that_everybody_reads(request, stage):
    request.getfixturevalue(stage)
    read = [
        (part.place, part.title, part.comments, bool(part.said_text and part.changed_text)) for part in paragraphs(synopsis_of(reread()))
    ]
    assert list(map(tuple, known().parts())) == read


def test_words_in_any_language_are_written(written):
    SynopsisClause.objects.filter(clause=None).update(said_es=None, changed_es="", said_pt="Disseram.", changed_pt="Mudou.")
    assert [part.written for part in known().parts()] == [True, True]
    assert known().unwritten("es") == [None]


def test_half_a_paragraph_is_not_written(written):
    SynopsisClause.objects.filter(clause=None).update(changed_es="")
    assert [part.written for part in known().parts()] == [False, True]


def test_what_is_written_elsewhere_and_not_here_is_lacking(written):
    assert [column for column in ("es", "en", "pt") if known().lacks(column)] == ["en", "pt"]


def test_it_takes_three_questions_and_reads_no_words(written):
    synopsis = synopsis_of(reread())
    queries = count_queries(lambda: Written(synopsis))
    assert len(queries) == 3
    assert not any('"said_es",' in query for query in queries)


def test_the_page_of_writing_is_flat(as_user, written, elsewhere, secretary, producers):
    client = as_user(secretary)

    def grow():
        for number in range(3):
            make_comment(elsewhere, producers, clause_text=make_clause(elsewhere.version, f"8.{number}"))

    flat(lambda: look(client), grow, ceiling=16)


def test_a_paragraph_that_is_written_is_seen_at_once(as_user, answered, secretary, closed, clause):
    client = as_user(secretary)
    assert look(client).content.decode().count('wait">not written') == 2
    words = {"said_es": "Pedían claridad.", "changed_es": "Se aclaró."}
    write_paragraph(actor=fresh(secretary), consultation=reread(), clause=clause.clause, words=words, revision=0)
    assert look(client).content.decode().count('wait">not written') == 1


def test_the_form_is_that_of_the_words_that_are_saved(as_user, written, secretary):
    client = as_user(secretary)
    assert 'name="revision" value="1"' in look(client).content.decode()
    client.post(url("standards:synopsis_write", *ROUND, language="en"), {"revision": 1, "asked_es": "¿Otra cosa?"})
    page = look(client).content.decode()
    assert "¿Otra cosa?" in page
    assert 'name="revision" value="2"' in page


def test_a_clause_with_an_odd_number_is_reached(as_user, elsewhere, secretary, producers):
    make_comment(elsewhere, producers, clause_text=make_clause(elsewhere.version, "A 1"))
    address = url("standards:synopsis_paragraph", *ROUND, "LABEL", language="en").replace("LABEL", "A%201")
    assert f'href="{address}' in look(as_user(secretary)).content.decode()


def test_the_warning_follows_the_required_languages(as_user, written, secretary):
    client = as_user(secretary)
    ProcessRules.objects.update(required_languages=["es", "en"])
    assert "Some parts are not written in" in text_of(look(client))
