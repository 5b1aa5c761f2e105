"""The paragraphs of a synopsis are kept under a mark of everything they are made of."""

import pytest
from django.core.cache import cache

from standards.models import Answer, AnswerChange, ClauseText, Comment, Framework, Synopsis, SynopsisClause, Version
from standards.querysets.marks import paragraphs_mark
from tests.standards.reports.conftest import ROUND, reread
from tests.support.frameworks import make_comment
from tests.support.pages import text_of, url
from tests.support.queries import count_queries


def mark():
    synopsis = Synopsis.objects.get()
    synopsis.consultation = reread()
    return paragraphs_mark(synopsis)


def look(client, language="es"):
    return client.get(url("standards:synopsis", *ROUND, language=language))


TOUCHED = {
    "comment": lambda: Comment.objects.filter(clause=None).update(state="withdrawn"),
    "answer": lambda: Answer.objects.filter(disposition="NO").update(disposition="OS"),
    "link": lambda: AnswerChange.objects.all().delete(),
    "paragraph": lambda: SynopsisClause.objects.filter(clause=None).update(said_es="Otra cosa."),
    "version": lambda: Version.objects.filter(number="0.3").update(public=True),
    "clause": lambda: ClauseText.objects.filter(version__number="0.3").update(label="9.9"),
    "framework": lambda: Framework.objects.update(authentic_language="en"),
}


def test_the_mark_stays_while_nothing_changes(published):
    assert mark() == mark()


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_changes_the_mark_is_another(published, what):
    before = mark()
    assert TOUCHED[what]()
    assert mark() != before


def test_a_comment_that_comes_late_makes_another_mark(published, producers):
    before = mark()
    make_comment(reread(), producers)
    assert mark() != before


def test_the_mark_is_one_question(published):
    synopsis = Synopsis.objects.get()
    synopsis.consultation = reread()
    assert len(count_queries(lambda: paragraphs_mark(synopsis))) == 1


def test_kept_paragraphs_are_not_read_again(client, published):
    look(client)
    assert not [query for query in count_queries(lambda: look(client)) if '"said_es"' in query]


def test_a_withdrawn_comment_is_counted_no_more(client, published):
    assert "2.3.1" in text_of(look(client))
    before = look(client).content
    TOUCHED["comment"]()
    assert look(client).content != before


def test_every_language_is_kept_for_itself(client, published):
    assert "Qué se dijo" in text_of(look(client)) or "Lo que se dijo" in text_of(look(client))
    assert "What was said" in text_of(look(client, "en"))


def test_without_a_cache_the_paragraphs_are_read(client, published):
    for _ in range(2):
        cache.clear()
        assert "Pedían claridad." in text_of(look(client))
