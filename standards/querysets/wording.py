"""Whether two wordings say the same: pure comparison of words, without a database."""

import re
import unicodedata
from itertools import groupby

#: A figure with its points and commas, a word, or a sign that can carry meaning (`%`, `≤`, `€`); other punctuation says nothing.
_TOKENS = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[^\w\s]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")  # where marks on letters are: looking at every letter took longer than all the rest
_LONG = 6  # letters from which a slip of the pen can be told from another word


def only_spelling(before: str, after: str) -> bool:
    """Tell whether two texts differ in nothing but spelling, punctuation, capitals, accents or blanks.

    A slip is one letter left out, doubled or swapped inside a long word: its first and last letter stay. Figures and signs
    such as `%` or `≤` always count. This proposes; people decide.
    """
    first, second = _tokens(before), _tokens(after)
    if _joined(first) == _joined(second):
        return True
    return len(first) == len(second) and all(_same_word(*pair) for pair in zip(first, second, strict=True))


def _tokens(text: str) -> list[str]:
    plain = _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return [token.casefold() for token in _TOKENS.findall(plain) if token[0].isalnum() or _tells(token)]


def _without_marks(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if not unicodedata.combining(letter))


def _tells(sign: str) -> bool:
    return sign in "%‰§&" or unicodedata.category(sign) in ("Sm", "Sc")


def _joined(tokens: list[str]) -> list[str]:
    """Write words that follow one another as one, so that a blank more or less makes no difference; figures stay apart."""
    told: list[str] = []
    for is_word, group in groupby(tokens, key=str.isalpha):
        several = list(group)
        told += ["".join(several)] if is_word else several
    return told


def _same_word(first: str, second: str) -> bool:
    if first == second:
        return True
    if min(len(first), len(second)) < _LONG or first[0] != second[0] or first[-1] != second[-1] or not first.isalpha():
        return False
    return _swapped(first, second) if len(first) == len(second) else _left_out(*sorted((first, second), key=len))


def _swapped(first: str, second: str) -> bool:
    here = next(place for place in range(len(first)) if first[place] != second[place])
    return first[:here] + first[here + 1] + first[here] + first[here + 2 :] == second


def _left_out(shorter: str, longer: str) -> bool:
    return len(longer) - len(shorter) == 1 and any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
