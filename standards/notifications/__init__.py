"""What `standards` announces, to whom, and what is known of each item in the reader's language."""

from standards.notifications import answers, consultation

TYPES = (*consultation.TYPES, *answers.TYPES)
TOPICS = consultation.TOPICS

__all__ = ["TOPICS", "TYPES"]
