"""Codes that people read aloud and type, and addresses made of titles."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.crypto import get_random_string
from django.utils.text import slugify

#: Letters and numbers that nobody mistakes for one another (Crockford's base 32).
CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE: Final = str.maketrans("OIL", "011")
_SIGN: Final = re.compile(r"[^0-9A-Z]+")


def read_code(words: str) -> str:
    """Return the code in what somebody typed: in capitals, without spaces and lines, O as zero, I and L as one; at most 16 signs."""
    return _SIGN.sub("", words[:60].upper().translate(_ALIKE))[:16]


def spaced_code(code: str) -> str:
    """Return a code as people read it aloud: `7Q2M-X0DK-94TB`."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


#: Letters and numbers of addresses and short codes: none looks like another.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def random_code(signs: int) -> str:
    """Return so many random letters and numbers, for an address or a short code; not for a secret."""
    return get_random_string(signs, _LETTERS)


def slug_of(facts: Mapping[str, Any], *, most: int, otherwise: str, taken: Callable[[str], bool]) -> str:
    """Return an address made of the first title there is; one that is taken, or none, gets some letters more."""
    title = next((facts[name] for name in ("title_es", "title_en", "title_pt") if facts.get(name)), "")
    words = slugify(title)[:most].strip("-")
    return words if words and not taken(words) else f"{words or otherwise}-{random_code(5)}"
