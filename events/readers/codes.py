"""Codes that people read aloud and type."""

import re
from typing import Final

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
