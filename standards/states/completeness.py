"""What a clause still lacks before it can be put to a round (process.md)."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standards.enums import Level

BINDING: Final = frozenset({Level.REQUIREMENT, Level.SUB_REQUIREMENT})
_HEADS = frozenset({Level.PART, Level.PRINCIPLE, Level.CRITERION, Level.ANNEX})
_NEEDED: dict[str, tuple[str, ...]] = {
    Level.REQUIREMENT: ("text", "plain", "verbal_form", "requirement_class", "responsible"),
    Level.SUB_REQUIREMENT: ("text", "verbal_form"),
}
NAMES: Final[dict[str, str | Promise]] = {
    "title": _("title"),
    "text": _("text"),
    "plain": _("plain words"),
    "verbal_form": _("verbal form"),
    "requirement_class": _("class"),
    "responsible": _("who is responsible"),
}
_WORDS = ("title", "text", "plain")


def lacking(values: Mapping[str, Any], language: str) -> list[str]:
    """Return the codes of what a clause lacks; `values` are its columns, `language` is the authentic one. See `NAMES`."""
    level = values["level"]
    needed = ("title",) if level in _HEADS else _NEEDED.get(level, ("text",))
    return [name for name in needed if not (values[f"{name}_{language}"] if name in _WORDS else values[name])]


def has_words(values: Mapping[str, Any], language: str) -> bool:
    """Tell whether a clause has a title or a text in `language`."""
    return bool(values[f"title_{language}"] or values[f"text_{language}"])
