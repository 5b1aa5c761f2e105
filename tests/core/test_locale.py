"""Language and clock go together."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from red_mpe.core.locale import column_language, short_day, speaking, speaking_to, zone


@pytest.mark.parametrize(("code", "column"), [("es", "es"), ("en", "en"), ("pt-br", "pt"), ("fr", "es")])
def test_column_language_of_a_code(code, column):
    assert column_language(code) == column


def test_column_language_is_the_present_one_by_default():
    with translation.override("pt-br"):
        assert column_language() == "pt"
    with translation.override(None):
        assert column_language() == "es"


@pytest.mark.parametrize("name", ["America/Nowhere", "", "../../etc/passwd"])
def test_an_unknown_zone_is_utc(name):
    assert zone(name).key == "UTC"


def test_speaking_changes_language_and_clock_and_gives_them_back():
    before = translation.get_language(), timezone.get_current_timezone_name()
    with speaking("en", "America/Tijuana"):
        assert translation.get_language() == "en"
        assert timezone.localdate(datetime(2026, 3, 10, 3, 30, tzinfo=UTC)).day == 9
    assert (translation.get_language(), timezone.get_current_timezone_name()) == before


def test_speaking_to_a_person_as_they_are_used_to():
    with speaking_to(SimpleNamespace(language="pt-br", time_zone="America/Sao_Paulo")):
        assert (translation.get_language(), timezone.get_current_timezone_name()) == ("pt-br", "America/Sao_Paulo")
    with speaking_to(SimpleNamespace()):
        assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(("language", "words"), [("es", "3 may 2026"), ("en", "3 May 2026"), ("pt-br", "3 mai 2026")])
def test_a_short_day_is_written_as_the_language_writes_it(language, words):
    with translation.override(language):
        assert short_day(date(2026, 5, 3)) == words
