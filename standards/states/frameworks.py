"""How frameworks move from stage to stage (process.md)."""

from red_mpe.core.states import Move
from standards.enums import Stage

START_CONSULTATION = Move(frozenset({Stage.TERMS_OF_REFERENCE, Stage.DRAFTING, Stage.RESPONSE}), Stage.CONSULTATION, "standards.steer")
START_RESPONSE = Move(frozenset({Stage.CONSULTATION}), Stage.RESPONSE, "standards.steer")

#: The stages in which the latest round still takes comments, on time or late.
LISTENING = frozenset({Stage.CONSULTATION, Stage.RESPONSE})
