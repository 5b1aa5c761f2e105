"""What `standards` announces, to whom, and what is known of each item in the reader's language."""

from standards.notifications import answers, consultation, exchange, letters, process

TYPES = (*consultation.TYPES, *exchange.TYPES, *process.TYPES, *answers.TYPES, *letters.TYPES)
TOPICS = consultation.TOPICS

__all__ = ["TOPICS", "TYPES"]
