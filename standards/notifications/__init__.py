"""What `standards` announces, to whom, and what is known of each item in the reader's language."""

from standards.notifications import consultation, letters, process

TYPES = (*consultation.TYPES, *process.TYPES, *letters.TYPES)
TOPICS = consultation.TOPICS

__all__ = ["TOPICS", "TYPES"]
