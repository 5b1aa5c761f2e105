"""docs/architecture/process.md draws the table of moves, and stays true to it."""

from pathlib import Path

import pytest
from django.utils import translation

from standards import states
from standards.enums import Stage
from standards.states import frameworks as table

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/architecture/process.md"
MOVES = ("BEGIN_DRAFTING", "START_CONSULTATION", "START_RESPONSE", "DRAFT_AGAIN", "FINISH_DRAFT")
GUARDED = {name: getattr(states, name) for name in ("BEGIN_DRAFTING", "ANNOUNCE_ROUND", "OPEN_ROUND", "FINISH_DRAFT")}


def arrows():
    """The lines of the diagram, in the order of the stages."""
    lines = []
    for name in MOVES:
        move = getattr(states, name)
        lines += [f"    {source} --> {move.target}: {name}" for source in Stage.values if source in move.sources]
    return lines


def guards():
    """The lines of the list of guards."""
    with translation.override("en"):
        return [f"| `{name}` | `{guard.name}` | {guard.label} |" for name, move in GUARDED.items() for guard in move.guards]


@pytest.mark.parametrize("line", [*arrows(), *guards()])
def test_the_document_has_each_line_of_the_table(line):
    assert line in DOCUMENT.read_text().splitlines()


def test_the_document_draws_nothing_else():
    lines = DOCUMENT.read_text().splitlines()
    assert [line for line in lines if "-->" in line] == arrows()
    assert [line for line in lines if line.startswith("| `")] == guards()


def test_stopping_is_possible_from_every_stage_before_adoption():
    named = ", ".join(f"`{stage}`" for stage in Stage.values if stage in table.BEFORE_ADOPTION)
    assert named in DOCUMENT.read_text()
