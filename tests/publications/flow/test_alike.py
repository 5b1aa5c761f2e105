"""The same work twice is found by its identifier, by its file, by its title."""

import pytest
from django.db import connection

from publications.models import File, Record
from tests.factories.library_flow import make_draft
from tests.factories.publications import make_identifier, make_record

TITLE = "Guía para recuperar oro sin mercurio en la pequeña minería"


def alike(record, user=None):
    rows = Record.objects if user is None else Record.objects.visible_to(user)
    return [(one.title_es or one.title_pt, one.same_identifier, one.same_file) for one in rows.alike(record)]


def filed(record, sha256="a" * 64):
    return File.objects.create(record=record, number=1, name="a.pdf", media_type="x", size=1, sha256=sha256)


@pytest.fixture
def record(miner):
    return make_draft(miner, TITLE)


def test_the_same_identifier_is_found(record):
    make_identifier(make_record("Otra cosa del todo distinta"))
    assert alike(record) == [("Otra cosa del todo distinta", True, False)]


def test_the_same_file_is_found(record):
    filed(record)
    filed(make_record("Otra cosa del todo distinta"))
    assert alike(record) == [("Otra cosa del todo distinta", False, True)]


@pytest.mark.parametrize(
    "title",
    [
        "GUIA PARA RECUPERAR ORO SIN MERCURIO EN LA PEQUENA MINERIA",
        "Guía para recuperar el oro sin mercurio en pequeña minería",
        "Guia para recuperar oro sin mercurio",
    ],
)
def test_a_near_title_is_found_whatever_its_accents(record, title):
    make_record(title)
    assert alike(record) == [(title, False, False)]


def test_a_title_in_another_language_column_is_found(record):
    make_record("", title_pt=TITLE)
    assert alike(record) == [(TITLE, False, False)]


@pytest.mark.parametrize("title", ["Oro", "Guía de riego para la agricultura familiar", "Ley de minería"])
def test_another_title_is_not(record, title):
    make_record(title)
    assert alike(record) == []


def test_a_short_title_is_like_too_many(miner):
    make_record("Minas")
    assert alike(make_draft(miner, "Minas")) == []


def test_the_surest_stands_first(record):
    make_record(TITLE)
    filed(record)
    filed(make_record("Con el mismo archivo"))
    make_identifier(make_record("Con el mismo DOI"))
    assert [row[0] for row in alike(record)] == ["Con el mismo DOI", "Con el mismo archivo", TITLE]


def test_the_record_itself_is_none_of_them(record):
    filed(record)
    assert alike(record) == []


def test_nobody_learns_of_what_they_may_not_read(record, miner, editor):
    make_record(TITLE, state="proposed")
    assert alike(record, miner.user) == []
    assert alike(record, editor) != []


def test_titles_are_found_by_their_index(record):
    rows = Record.objects.all()._titled_like({TITLE}).order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "record_title_es_folded" in rows.explain()
