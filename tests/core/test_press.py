import re
import unicodedata

import pytest

from red_mpe.core import press
from red_mpe.core.blocks import blocks
from tests.support.pdf import letters, unpacked

WORDS = {"contents": "Índice", "introduction": "Introducción", "plain": "Con palabras sencillas."}


def clause(label="1.1", **more):
    return {
        "level": 1,
        "label": label,
        "title": "Mercurio",
        "lang": "es",
        "tags": [],
        "body": [],
        "plain": [],
        "plain-lang": "es",
        "parts": [],
        "facts": [],
        **more,
    }


def made(*clauses, **more):
    data = {
        "kicker": "0.1",
        "running": "x",
        "below": [],
        "facts": [],
        "front": [],
        "errata": [],
        "words": WORDS,
        "clauses": clauses,
        **more,
    }
    return press.pdf("standards/framework", data, title="Marco de prueba", language="es")


def test_pdf_is_tagged_has_bookmarks_and_a_language():
    file = unpacked(made(clause()))
    assert file.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in file
    assert b"/Outlines" in file
    assert b"/Lang" in file


def test_pdf_is_the_same_each_time():
    assert made(clause()) == made(clause())


def test_pdf_says_neither_when_nor_by_whom_it_was_made():
    file = unpacked(made(clause()))
    assert b"CreationDate" not in file
    assert b"/Author" not in file


def test_pdf_brings_its_fonts():
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", unpacked(made(clause(body=blocks("texto `código`"))))))
    assert {b"LibertinusSerif", b"DejaVuSansMono"} <= fonts


@pytest.mark.parametrize(
    "words",
    [
        "Ñandú, ¿qué? ¡sí! güiro",
        "ação, não, três, à, pôde, lingüiça",
        "q’illay ch’aska ñuqa",
        "jaqinaka ïñä, lurañ, ü",
        "g̃uaraní: ẽ ĩ õ ũ ỹ G̃ Ẽ Ỹ",
        "txã'w, ũus, ç, ẽ, nasa yuwe",
    ],
)
def test_pdf_knows_the_letters_of_the_languages_of_the_mines(words):
    found = unicodedata.normalize("NFD", letters(made(clause(body=blocks(words)))))
    assert set(unicodedata.normalize("NFD", words.replace(" ", ""))) <= set(found)


@pytest.mark.parametrize("words", ["#panic()", "$x^2$", "= title", "@ref", "<label>", "// gone", '"', "\\", '#read("lib.typ")'])
def test_pdf_never_reads_words_as_markup(words):
    found = letters(made(clause(title=words, plain=[{"t": "p", "c": [{"t": "text", "text": words}]}], facts=[[words, words]])))
    assert set(words.replace(" ", "")) <= set(found)


def test_pages_can_be_looked_at():
    order = {
        "template": "standards/framework",
        "title": "T",
        "language": "en",
        "data": {"kicker": "", "running": "", "below": [], "facts": [], "front": [], "errata": [], "words": WORDS, "clauses": [clause()]},
    }
    pages = press.set_pages(order, kind="png", ppi=40)
    assert [page[:4] for page in pages] == [b"\x89PNG"] * 2


def test_a_document_that_cannot_be_set_says_so():
    with pytest.raises(press.PressError, match="does not contain key"):
        press.pdf("standards/framework", {}, title="x", language="es")


def test_a_document_beyond_all_measure_is_given_up(monkeypatch):
    monkeypatch.setattr(press, "PATIENCE", 0.001)
    with pytest.raises(press.PressError, match="more than"):
        made(clause())
