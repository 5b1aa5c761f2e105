"""How frameworks move from stage to stage (process.md). The decision on a final draft has no moves yet."""

from dataclasses import replace
from typing import Any

from red_mpe.core.states import Move
from standards.enums import Stage
from standards.states.guards import answers, changes, committee, rounds, terms

#: The stages before adoption, from which a framework may be suspended or given up.
BEFORE_ADOPTION = frozenset(
    {
        Stage.TERMS_OF_REFERENCE,
        Stage.DRAFTING,
        Stage.CONSULTATION,
        Stage.RESPONSE,
        Stage.FINAL_DRAFT,
        Stage.CONSENSUS_CALL,
        Stage.OBJECTIONS,
        Stage.BALLOT,
    }
)

BEGIN_DRAFTING = Move(
    frozenset({Stage.TERMS_OF_REFERENCE}),
    Stage.DRAFTING,
    "standards.steer",
    guards=(
        terms.terms_are_complete,
        terms.terms_were_public,
        committee.chambers_are_seated,
        committee.organisations_are_several,
        committee.no_country_prevails,
        committee.women_have_their_share,
    ),
)
#: Made by the clock when a round opens; what must hold is asked when the round is announced.
START_CONSULTATION = Move(frozenset({Stage.DRAFTING}), Stage.CONSULTATION, "standards.steer")
#: Made by the clock when a round closes.
START_RESPONSE = Move(frozenset({Stage.CONSULTATION}), Stage.RESPONSE, "standards.steer")
DRAFT_AGAIN = Move(frozenset({Stage.RESPONSE}), Stage.DRAFTING, "standards.steer")
FINISH_DRAFT = Move(
    frozenset({Stage.DRAFTING, Stage.RESPONSE}),
    Stage.FINAL_DRAFT,
    "standards.steer",
    guards=(
        answers.rounds_were_held,
        answers.no_round_is_live,
        answers.comments_are_answered,
        answers.synopses_are_public,
        answers.acceptances_are_traced,
        rounds.final_text_is_complete,
        changes.final_log_is_built,
        changes.changes_were_consulted,
    ),
)
SUSPEND_FRAMEWORK = Move(BEFORE_ADOPTION, Stage.SUSPENDED, "standards.steer")
#: Leads back to where the framework stood: `resumed` puts that in place of the target.
RESUME_FRAMEWORK = Move(frozenset({Stage.SUSPENDED}), Stage.DRAFTING, "standards.steer")
ABANDON_FRAMEWORK = Move(BEFORE_ADOPTION | {Stage.SUSPENDED}, Stage.ABANDONED, "standards.steer")

#: The moves that somebody makes by hand, by the word that stands for them in addresses.
BY_HAND: dict[str, Move] = {
    "begin-drafting": BEGIN_DRAFTING,
    "draft-again": DRAFT_AGAIN,
    "final-draft": FINISH_DRAFT,
    "resume": RESUME_FRAMEWORK,
    "suspend": SUSPEND_FRAMEWORK,
    "abandon": ABANDON_FRAMEWORK,
}
#: Moves that have to say why.
WITH_REASON = frozenset({"suspend", "resume", "abandon"})

#: The stages in which the latest round still takes comments, on time or late.
LISTENING = frozenset({Stage.CONSULTATION, Stage.RESPONSE})


def resumed(framework: Any) -> Move:
    """Return the move that takes a suspended framework back to the stage where it stood."""
    return replace(RESUME_FRAMEWORK, target=framework.paused_stage or Stage.TERMS_OF_REFERENCE)
