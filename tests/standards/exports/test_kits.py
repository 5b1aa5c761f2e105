from datetime import UTC, datetime

import pytest
from django.utils import translation

from standards.exports import kits
from standards.exports.guides import guide, voluntary
from standards.exports.kits import kit_name, write_kit
from tests.support.frameworks import make_round
from tests.support.pdf import unpacked
from tests.support.versions import demo_version


@pytest.fixture
def consultation(version):
    return make_round(version)


def plain(consultation, language="es"):
    with translation.override(language):
        return kits._plain(consultation)


def test_kit_is_a_tagged_pdf_under_a_megabyte(db):
    data, _mark = write_kit(make_round(demo_version()), language="es")
    assert len(data) < 1_000_000
    assert b"/StructTreeRoot" in unpacked(data)


def test_kit_is_black_and_white(consultation):
    data = unpacked(write_kit(consultation, language="es")[0])
    assert b"/DeviceRGB" not in data


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_kit_says_what_it_is_not(consultation, language):
    with translation.override(language):
        assert plain(consultation, language)["notice"] == voluntary()


def test_kit_asks_about_requirements_and_not_about_headings(consultation):
    assert [(clause["label"], clause["asked"]) for clause in plain(consultation)["clauses"]] == [("2", False), ("2.1", True), ("2.2", True)]


def test_kit_reads_plain_words_and_the_text_where_there_are_none(consultation):
    [_top, first, second] = plain(consultation)["clauses"]
    assert (first["simple"], second["simple"]) == (True, False)


def test_codes_lead_to_the_page_of_the_clause_from_settings(consultation, settings):
    settings.BASE_URL = "https://red.example.org"
    assert plain(consultation, "en")["clauses"][1]["url"] == "https://red.example.org/en/frameworks/marco/0.2/2.1/"


def test_code_is_drawn_and_not_fetched():
    svg = kits._code("https://red.example.org/es/")
    assert svg.startswith("<svg")
    assert "href" not in svg


def test_guide_names_the_last_day(consultation):
    lines = [line for section in guide("domingo 5") for line in section["lines"]]
    assert any("domingo 5" in line for line in lines)


def test_kit_tells_the_last_day_by_the_clock_of_the_round(consultation):
    consultation.closes_at = datetime(2026, 12, 18, 15, tzinfo=UTC)
    consultation.time_zone = "Pacific/Kiritimati"
    there = kits._last_day(consultation)
    consultation.time_zone = "America/Tijuana"
    assert (there, kits._last_day(consultation)) == ("sábado 19 diciembre 2026", "viernes 18 diciembre 2026")


def test_kit_marks_what_is_not_translated(consultation):
    assert plain(consultation, "pt-br")["clauses"][1]["mark"] == "Español"


def test_name_of_a_kit(consultation):
    assert kit_name(consultation, "pt-br") == "marco-r1-kit-pt-br.pdf"
