"""Hours by the clock of a place, recurrence rules and codes: what people and calendars write, made into plain values."""

from events.readers.codes import CODE_LETTERS, random_code, read_code, slug_of, spaced_code
from events.readers.hours import Moment, NoSuchHour, first_moment, read_moment
from events.readers.rhythms import BadRule, Rule, days_of_rule, read_rule, refuse_far_start
from events.readers.telling import rule_in_words

__all__ = [
    "CODE_LETTERS",
    "BadRule",
    "Moment",
    "NoSuchHour",
    "Rule",
    "days_of_rule",
    "first_moment",
    "random_code",
    "read_code",
    "read_moment",
    "read_rule",
    "refuse_far_start",
    "rule_in_words",
    "slug_of",
    "spaced_code",
]
