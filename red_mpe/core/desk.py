"""The secretariat's desk: each app registers in `AppConfig.ready()` what waits in it; the portal shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its name, where it is dealt with, since when (or until when), and what it blocks."""

    title: str
    url: str
    at: date | None = None
    note: str | Promise = ""


@dataclass(frozen=True)
class Pile:
    """What waits of one kind: how many there are and the first few, the most urgent first."""

    count: int
    first: list[Waiting]
    url: str = ""


@dataclass(frozen=True)
class DeskPanel:
    """One panel of the desk.

    `find(user)` returns the pile with a number of queries that does not depend on its height, or None where it is not
    this person's work. The lower the `rank`, the more binding.
    """

    key: str
    label: str | Promise
    find: Callable[[Any], Pile | None]
    empty: str | Promise
    rank: int = 50


_panels: dict[str, DeskPanel] = {}
SHOWN = 5


def register(*panels: DeskPanel) -> None:
    """Make panels known; a key registered twice is a mistake in the code and is refused."""
    for panel in panels:
        if panel.key in _panels:
            raise ValueError(f"{panel.key} is registered twice")
        _panels[panel.key] = panel


def panels() -> list[DeskPanel]:
    """Return all panels, the most binding first."""
    return sorted(_panels.values(), key=lambda panel: (panel.rank, panel.key))
