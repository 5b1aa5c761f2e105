"""What people wrote, in the reader's language where they did, in their own where they did not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from red_mpe.core.locale import COLUMN, column_language


@dataclass(frozen=True)
class Told:
    """A text with the language it is in: `lang` for the page, `name` for the badge."""

    text: str
    lang: str
    name: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def told(source: Any, field: str) -> Told:
    """Return a translated field in the reader's language, otherwise in the first language it was written in.

    `source` is a model instance, or a row of `.values()` with the three columns in it.
    """
    wanted = column_language()
    for code, name in sorted(settings.LANGUAGES, key=lambda language: COLUMN[language[0]] != wanted):
        column = f"{field}_{COLUMN[code]}"
        text = source.get(column) if isinstance(source, Mapping) else getattr(source, column)
        if text:
            return Told(text, code, name)
    return Told("", settings.LANGUAGE_CODE, "")
