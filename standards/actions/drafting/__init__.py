"""Writing the text together: places, identities, words and languages of the version in drafting."""

from standards.actions.drafting.identities import merge_clauses, split_clause
from standards.actions.drafting.labels import next_label
from standards.actions.drafting.languages import review_unchanged, translate_clause
from standards.actions.drafting.places import add_clause, move_clause, shift_clause
from standards.actions.drafting.retiring import restore_clause, retire_clause
from standards.actions.drafting.words import ConflictError, rewrite_clause, take_again

__all__ = [
    "ConflictError",
    "add_clause",
    "merge_clauses",
    "move_clause",
    "next_label",
    "restore_clause",
    "retire_clause",
    "review_unchanged",
    "rewrite_clause",
    "shift_clause",
    "split_clause",
    "take_again",
    "translate_clause",
]
