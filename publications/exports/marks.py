"""The formatter handed to the citation engine: emphasis becomes control signs, which no word of ours holds, and then pieces."""

import re

_OPEN, _CLOSE = {"i": "\x01", "b": "\x02"}, "\x03"
_PIECE = re.compile(r"([\x01\x02])([^\x03]*)\x03")
_KINDS = {sign: kind for kind, sign in _OPEN.items()}


def preformat(text: object) -> str:
    """Return the words as they are: they are escaped where they are shown."""
    return str(text)


class _Plain(str):
    """Words without emphasis; whatever a style asks for is left out."""


class Italic(str):
    """Words in italics."""

    def __new__(cls, text: object) -> "Italic":
        return super().__new__(cls, f"{_OPEN['i']}{text}{_CLOSE}")


class Bold(str):
    """Words in bold."""

    def __new__(cls, text: object) -> "Bold":
        return super().__new__(cls, f"{_OPEN['b']}{text}{_CLOSE}")


Oblique = Italic
Light = Underline = Superscript = Subscript = SmallCaps = _Plain


def bare(text: str) -> str:
    """Return the words alone."""
    return _PIECE.sub(r"\2", text)


def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words cut where the emphasis changes: pairs of `""`, `i` or `b`, and words."""
    found, at = [], 0
    for piece in _PIECE.finditer(text):
        found += [("", text[at : piece.start()]), (_KINDS[piece[1]], piece[2])]
        at = piece.end()
    return tuple(pair for pair in [*found, ("", text[at:])] if pair[1])
