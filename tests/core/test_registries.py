"""What the apps above register below."""

import pytest

from red_mpe.core import desk
from red_mpe.core.desk import DeskPanel
from red_mpe.core.models import Chamber


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
