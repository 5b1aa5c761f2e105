"""What `standards` announces, to whom, and what is known of each item in the reader's language."""

from standards.notifications import consultation, exchange

TYPES = (*consultation.TYPES, *exchange.TYPES)
TOPICS = consultation.TOPICS

__all__ = ["TOPICS", "TYPES"]
