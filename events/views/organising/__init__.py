"""The registration of an event, for who organises it."""

from events.views.organising.lists import desk_export, desk_needs, desk_tickets
from events.views.organising.people import desk_add, desk_move, desk_one
from events.views.organising.places import desk_approve, desk_list
from events.views.organising.questions import desk_question, desk_question_remove, desk_question_shift, desk_questions
from events.views.organising.terms import desk_terms

__all__ = [
    "desk_add",
    "desk_approve",
    "desk_export",
    "desk_list",
    "desk_move",
    "desk_needs",
    "desk_one",
    "desk_question",
    "desk_question_remove",
    "desk_question_shift",
    "desk_questions",
    "desk_terms",
    "desk_tickets",
]
