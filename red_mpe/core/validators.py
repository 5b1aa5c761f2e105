"""Limits on what people write, said in their language."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

WORDS_OF_A_COMMENT = 10_000  # characters
WORDS_OF_A_CLAUSE = 20_000


@deconstructible
class AtMost(MaxLengthValidator):
    """Refuse a text over the limit, telling both lengths; nothing is cut."""

    def __call__(self, value: str) -> None:
        if len(value) > self.limit_value:
            message = _("This text has %(length)s characters and the limit is %(limit)s. Shorten it; what you wrote is still here.")
            raise ValidationError(message % {"length": len(value), "limit": self.limit_value}, code="too_long")


def validate_few_words(value: str, limit: int = 60) -> None:
    """Refuse “in plain words” longer than 60 words (process.md)."""
    if (count := len(value.split())) > limit:
        message = _("In plain words means at most %(limit)s words; this has %(count)s.")
        raise ValidationError(message % {"limit": limit, "count": count}, code="too_many_words")
