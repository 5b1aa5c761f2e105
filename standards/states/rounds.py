"""How rounds move (process.md); what must hold before stands in `guards`."""

from red_mpe.core.states import Move
from standards.enums import RoundState
from standards.states.guards import changes, licences, rounds

#: What the clock looks at once more before it opens: the text may have been worked on since the announcement.
_TEXT = (
    rounds.is_public,
    rounds.has_texts,
    rounds.requirements_are_complete,
    rounds.languages_are_reviewed,
    licences.sources_may_be_adapted,
)

ANNOUNCE_ROUND = Move(
    frozenset({RoundState.PLANNED}),
    RoundState.ANNOUNCED,
    "standards.steer",
    guards=(
        rounds.is_drafted,
        rounds.no_other_round_is_live,
        *_TEXT,
        changes.change_log_is_built,
        rounds.round_is_long_enough,
        rounds.announced_early_enough,
        rounds.synopsis_was_readable,
        rounds.targets_are_set,
    ),
)
OPEN_ROUND = Move(frozenset({RoundState.ANNOUNCED}), RoundState.OPEN, "standards.steer", guards=(*_TEXT, rounds.round_is_long_enough))
CLOSE_ROUND = Move(frozenset({RoundState.OPEN}), RoundState.CLOSED, "standards.steer")
