"""Answering comments: assigning, writing, grouping, folding, validating by a second person, publishing, objecting."""

from standards.actions.answers.folding import fold_comments, unfold_comment
from standards.actions.answers.grouping import answer_group, dissolve_group, group_comments, group_mark, ungroup_comment
from standards.actions.answers.locking import Outcome, each
from standards.actions.answers.objecting import answer_again, close_answers, last_day_to_object, may_object, object_to_answer
from standards.actions.answers.phrases import delete_template, save_template, template_words
from standards.actions.answers.publishing import publish_answer, return_answer, validate_answer
from standards.actions.answers.words import SHORTEST_REFUSAL, AnswerWords, Links, OverwrittenError
from standards.actions.answers.writing import add_note, assign_answer, hand_of, link_change, write_answer

__all__ = [
    "SHORTEST_REFUSAL",
    "AnswerWords",
    "Links",
    "Outcome",
    "OverwrittenError",
    "add_note",
    "answer_again",
    "answer_group",
    "assign_answer",
    "close_answers",
    "delete_template",
    "dissolve_group",
    "each",
    "fold_comments",
    "group_comments",
    "group_mark",
    "hand_of",
    "last_day_to_object",
    "link_change",
    "may_object",
    "object_to_answer",
    "publish_answer",
    "return_answer",
    "save_template",
    "template_words",
    "unfold_comment",
    "ungroup_comment",
    "validate_answer",
    "write_answer",
]
