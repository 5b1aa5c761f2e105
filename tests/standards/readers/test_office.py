"""Automatic numbers against those LibreOffice prints, in files as Word and as LibreOffice write them."""

import time

import pytest

from standards.readers import align, read_document
from standards.readers.docx import read_blocks
from standards.readers.text import plain

NAMES = ("formats", "restarts", "skips", "mixed", "styled", "marco_es", "marco_pt")


def printed_numbers(files, name):
    lines = (files / f"{name}.numbers.txt").read_text("utf-8").splitlines()
    return [(text, number) for number, text in (line.split("\t") for line in lines) if number != "•"]


@pytest.mark.parametrize("writer", ["", "_lo"])
@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_those_libreoffice_prints(files, name, writer):
    expected = printed_numbers(files, name)
    blocks = read_blocks((files / f"{name}{writer}.docx").read_bytes())
    wanted = {text for text, _ in expected}
    found = [(plain(block.text), block.number.printed if block.number else "") for block in blocks]
    assert [pair for pair in found if pair[0] in wanted] == expected


@pytest.mark.parametrize("writer", ["", "_lo"])
def test_framework_has_every_label_at_its_level(files, writer):
    outline = read_document((files / f"marco_es{writer}.docx").read_bytes(), "marco.docx")
    levels = [entry.level for entry in outline.walk()]
    assert (levels.count("principle"), levels.count("criterion"), levels.count("requirement"), levels.count("annex")) == (5, 30, 120, 1)
    expected = [f"{a}.{b}.{c}" for a in range(1, 6) for b in range(1, 7) for c in range(1, 5)]
    assert [entry.label for entry in outline.walk() if entry.level == "requirement"] == expected
    assert outline.problems == []


@pytest.mark.parametrize("writer", ["", "_lo"])
def test_framework_keeps_title_preface_lists_and_tables(files, writer):
    outline = read_document((files / f"marco_es{writer}.docx").read_bytes(), "marco.docx")
    texts = {entry.label: entry.text for entry in outline.walk()}
    assert outline.title == "Marco para una minería artesanal responsable"
    assert outline.preface.startswith("## Presentación\n\nEste marco")
    assert texts["1.6.4"].endswith("\n\n- actas de asamblea;\n- fotografías con fecha;\n- recibos.")
    assert "| Plazo | Prueba |\n| --- | --- |\n| Seis meses | Cuaderno de la operación |" in texts["3.6.4"]


def test_twin_in_portuguese_aligns_by_label(files):
    spanish = read_document((files / "marco_es.docx").read_bytes(), "marco.docx")
    portuguese = read_document((files / "marco_pt_lo.docx").read_bytes(), "marco.docx")
    alignment = align([entry.label for entry in spanish.walk()], portuguese)
    assert alignment.missing_in_second == ["2.6.4", "4.6.4"]
    assert [entry.label for entry in alignment.unknown_in_second] == ["5.6.5"]
    assert alignment.matched["A"].number == "Anexo A."
    assert len(alignment.matched) == 154


def test_reading_300_requirements_takes_less_than_five_seconds(word):
    numbers = word.numbering(word.level(0, "decimal", "%1"), word.level(1, "decimal", "%1.%2"), word.level(2, "decimal", "%1.%2.%3"))
    row = word.p("Criterio", numbers=(1, 1)) + 10 * word.p("La operación debe cumplir. " * 20, numbers=(1, 2))
    body = 3 * (word.p("Principio", numbers=(1, 0)) + 10 * row)
    started = time.perf_counter()
    outline = word.read(body, numbers=numbers)
    assert sum(entry.level == "requirement" for entry in outline.walk()) == 300
    assert time.perf_counter() - started < 5
