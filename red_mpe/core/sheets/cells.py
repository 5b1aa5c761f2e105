"""Cells of spreadsheets: words that a spreadsheet would take for a formula are made inert, and got back as they were."""

import re

# A formula begins with one of these, in a full-width form too, or behind blanks; an apostrophe before them makes them words.
_DANGER = re.compile(r"'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def inert(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet would count; what begins with apostrophes gets one more."""
    return f"'{text}" if _DANGER.match(text) else text


def restored(text: str) -> str:
    """Return what `inert` was given: nothing is lost, whatever it begins with."""
    return text[1:] if text.startswith("'") and _DANGER.match(text) else text


def escaped(text: str) -> str:
    """Return `text` so that Excel does not read `_x0041_` in it as a letter."""
    return _ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Return the letters that Excel writes as `_x000D_`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
