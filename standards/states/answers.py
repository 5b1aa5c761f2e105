"""How answers move: new → assigned → drafted → validated → published → objected once → answered again → closed (process.md)."""

from red_mpe.core.states import Move
from standards.enums import AnswerState

_WRITABLE = frozenset({AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED})

ASSIGN_ANSWER = Move(frozenset({AnswerState.NEW, AnswerState.ASSIGNED}), AnswerState.ASSIGNED, "standards.write_answer")
DRAFT_ANSWER = Move(_WRITABLE, AnswerState.DRAFTED, "standards.write_answer")
RETURN_ANSWER = Move(frozenset({AnswerState.DRAFTED, AnswerState.VALIDATED}), AnswerState.ASSIGNED, "standards.validate_answer")
VALIDATE_ANSWER = Move(frozenset({AnswerState.DRAFTED}), AnswerState.VALIDATED, "standards.validate_answer")
PUBLISH_ANSWER = Move(frozenset({AnswerState.VALIDATED}), AnswerState.PUBLISHED, "standards.publish_answer")
OBJECT_TO_ANSWER = Move(frozenset({AnswerState.PUBLISHED}), AnswerState.OBJECTED, "standards.object_to_answer")
ANSWER_AGAIN = Move(frozenset({AnswerState.OBJECTED}), AnswerState.ANSWERED, "standards.answer_again")
CLOSE_ANSWER = Move(frozenset({AnswerState.PUBLISHED, AnswerState.ANSWERED}), AnswerState.CLOSED, "standards.publish_answer")
UNFOLD_ANSWER = Move(frozenset({AnswerState.ASSIGNED, AnswerState.DRAFTED}), AnswerState.NEW, "standards.write_answer")
