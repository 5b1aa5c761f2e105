"""What the apps above register below."""

import pytest

from red_mpe.core import desk, search
from red_mpe.core.desk import DeskPanel
from red_mpe.core.models import Chamber, StakeholderCategory, Theme, database_now
from red_mpe.core.search import Found, SearchSource, names_like, registry


def test_panels_stand_the_most_binding_first():
    ranks = [panel.rank for panel in desk.panels()]
    assert ranks == sorted(ranks)
    assert "standards.rounds" in {panel.key for panel in desk.panels()}


def test_a_panel_is_registered_once(monkeypatch):
    monkeypatch.setattr(desk, "_panels", {})
    panel = DeskPanel("tests.pile", "Pile", lambda user: None, "Nothing")
    desk.register(panel)
    with pytest.raises(ValueError, match="registered twice"):
        desk.register(panel)


@pytest.mark.django_db
def test_a_taxon_is_called_by_its_name():
    assert str(Chamber(name="Producción")) == "Producción"


def test_a_search_source_is_registered_once(monkeypatch):
    monkeypatch.setattr(registry, "_sources", {})
    source = SearchSource("tests", "Tests", lambda words, user, start, stop: Found([], 0))
    search.register(source)
    with pytest.raises(ValueError, match="registered twice"):
        search.register(source)
    assert search.sources() == [source]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "found"), [("me", 0), ("   m e ", 0), ("MERCÚRIO", 1), ("rio merc", 1), ("mercurio oro", 0), ("%%%", 0)])
def test_names_are_found_by_all_their_words(words, found):
    rows = Theme.objects.filter(parent__isnull=False)
    assert names_like(rows, words, "name_es").count() == found


@pytest.mark.django_db
def test_the_clock_is_the_databases():
    first, second = (StakeholderCategory.objects.annotate(at=database_now()).values_list("at", flat=True)[0] for _ in range(2))
    assert first <= second
