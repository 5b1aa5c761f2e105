"""Labels that people type: `2.3.1 Text`, `Principio 2:`, `Anexo A`, `R1.`, `a)`.

A label must be the same in every language of a document, so the word before the number becomes a level, not a part of
the label; parts and annexes get a letter (`Parte II` → `P-II`, `Anexo 1` → `A-1`, `Anexo B` → `B`) lest they meet clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .outline import ANNEX, CRITERION, DEFINITION, PART, PRINCIPLE, REQUIREMENT, SUB_REQUIREMENT
from .text import plain

# words of the three languages → (level, prefix of the label, order from the outermost)
_WORDS = {
    "título|title": (PART, "T-", 1),
    "parte|part": (PART, "P-", 2),
    "capítulo|capitulo|chapter": (PART, "C-", 3),
    "sección|seccion|section|seção": (PART, "S-", 4),
    "principio|principle|princípio": (PRINCIPLE, "", 5),
    "criterio|criterion|critério": (CRITERION, "", 6),
    "requisito|requirement|exigencia|exigência": (REQUIREMENT, "", 7),
    "artículo|articulo|article|artigo|cláusula|clausula|clause": (REQUIREMENT, "", 7),
    "subrequisito|sub-requisito|sub-requirement|subrequirement": (SUB_REQUIREMENT, "", 8),
    "definición|definicion|definition|definição": (DEFINITION, "", 8),
    "anexo|annex|appendix|apéndice|apendice|apêndice": (ANNEX, "A-", 0),
}
_KIND = {word: kind for words, kind in _WORDS.items() for word in words.split("|")}
_SUBCHAIN = r"(?:\.(?:\d{1,3}|[A-Za-z])(?![^\W_]))*"
_VALUE = rf"(?:[A-Z]{{1,3}}-?\d{{1,3}}{_SUBCHAIN}|\d{{1,3}}{_SUBCHAIN}|[IVXLCDM]+{_SUBCHAIN}|[A-Z]{_SUBCHAIN}|[a-z])"
_OPEN = r"(?P<open>\*{1,3}|_{1,3})?"
_CLOSE = r"(?P<close>\*{1,3}|_{1,3})?"
_TAIL = r"(?P<tail>(?:\\?[.:)])+|\s+[–—-](?=\s))?"
_TYPED = re.compile(
    rf"^\s*{_OPEN}(?P<before>\(?)(?:(?P<word>{'|'.join(sorted(_KIND, key=len, reverse=True))})\s+)?(?P<value>{_VALUE})(?![^\W_])"
    rf"{_TAIL}{_CLOSE}(?P<after>\\?[.:])?(?=\s|$)(?:\s+[–—-](?=\s))?\s*",
    re.IGNORECASE,
)
_CASED = re.compile(rf"{_VALUE}")
_DECIMAL = re.compile(r"\d+(\.\d+)*")
_ROMAN = re.compile(r"[IVXLCDM]+")
_UNIT_ZERO = re.compile(r"\.0\d*")
_STARTER = re.compile(r"[^\w%‰]*(\w|%|‰)?")


class Shape(Enum):
    """How sure a label is: a chain or a word is enough anywhere, a lone number needs company, a letter needs a heading."""

    CHAIN = "2.3.1"
    WORD = "Requisito 2"
    CODE = "R1"
    LONE = "2"
    LETTER = "a"


# The usual letters of codes such as P1, C1, R1, the same in the three languages.
_CODES: dict[str, tuple[str, int | None]] = {"P": (PRINCIPLE, 5), "C": (CRITERION, 6), "R": (REQUIREMENT, 7)}


@dataclass(frozen=True)
class Label:
    """A label and what its form tells: level ("" when nothing), order among words (None without one), links of its chain."""

    label: str
    printed: str
    level: str = ""
    order: int | None = None
    chain: tuple[str, ...] = ()
    relative: bool = False


@dataclass(frozen=True)
class Typed:
    """A label found at the start of a text, and the rest of that text."""

    label: Label
    shape: Shape
    rest: str
    marked: bool
    flowing: bool

    @property
    def certain(self) -> bool:
        """Tell whether the label stands by itself in running text, without the support of a heading."""
        if self.shape in (Shape.CHAIN, Shape.WORD):
            return self.marked or not self.flowing
        return self.shape is Shape.CODE and self.marked


def typed_label(markdown: str) -> Typed | None:
    """Find a label at the start of a text, inside bold or italic too; None when it starts with anything else."""
    found = _TYPED.match(markdown)
    if found is None or not _CASED.fullmatch(found["value"]) or not _sound(found):
        return None
    label = _label(found)
    rest = _rest(found, markdown)
    return Typed(label, _shape(found), rest, _is_marked(found), _flows(rest))


def automatic_label(printed: str, label: str) -> Label:
    """Read the label of an automatic number, whose form needs no proof: `Artículo 5.` → `5`, `(a)` → relative `a`."""
    found = _TYPED.match(label)
    if found is not None and _CASED.fullmatch(found["value"]) and found.end() == len(label):
        read = _label(found)
        return Label(read.label, printed, read.level, read.order, read.chain, read.relative)
    last = label.split()[-1].strip(".:;,()[]-–—§ ") if label.split() else ""
    chain = tuple(last.split(".")) if _DECIMAL.fullmatch(last) else ()
    return Label(last or label, printed, chain=chain)


def _sound(found: re.Match[str]) -> bool:
    """Refuse what only looks like a label: `10.000`, a word with a small letter, a bracket without its partner."""
    value, tail = found["value"], found["tail"] or ""
    if found["word"]:
        return not value.islower()
    if found["before"] and ")" not in tail:
        return False
    if value.isalpha():
        return bool(tail or found["after"]) and "-" not in tail
    return not (_DECIMAL.fullmatch(value) and _UNIT_ZERO.search(value))


def _label(found: re.Match[str]) -> Label:
    value = found["value"]
    printed = found.group().replace("\\", "").replace("*", "").replace("_", "").strip()
    if found["word"]:
        return _worded(found["word"], value, printed)
    relative = value.islower() or (")" in (found["tail"] or "") and "." not in value)
    level, order = (_CODES.get(value[0]) if value[1:].isdigit() else None) or ("", None)
    return Label(value, printed, level, order, () if relative else tuple(value.split(".")), relative)


def _worded(word: str, value: str, printed: str) -> Label:
    """Make a label of a word and a number. An annex with a letter of its own and a chain need no prefix."""
    level, prefix, order = _KIND[word.lower()]
    first = value.split(".")[0]
    lettered = level == ANNEX and len(first) == 1 and first.isalpha() and first not in "IVX"
    prefix = "" if lettered or (level == PART and "." in value) else prefix
    return Label(prefix + value, printed, level, order, () if prefix else tuple(value.split(".")))


def _shape(found: re.Match[str]) -> Shape:
    value = found["value"]
    if found["word"]:
        return Shape.WORD
    if _DECIMAL.fullmatch(value):
        return Shape.CHAIN if "." in value else Shape.LONE
    if value.isalpha():
        return Shape.LONE if _ROMAN.fullmatch(value) and len(value) > 1 else Shape.LETTER
    return Shape.CODE


def _is_marked(found: re.Match[str]) -> bool:
    return bool(found["tail"] or found["after"] or found["open"])


def _rest(found: re.Match[str], markdown: str) -> str:
    """Return the text after a label; bold that began before the label and goes on stays bold."""
    rest = markdown[found.end() :]
    opened, closed = found["open"] or "", found["close"] or ""
    return opened + rest if opened and not closed else rest


def _flows(rest: str) -> bool:
    """Tell whether a text goes on as a sentence does: small letter, digit or unit."""
    first = _STARTER.match(plain(rest[:200]))
    sign = (first and first.group(1)) or " "
    return sign.islower() or sign.isdigit() or sign in ("%", "‰")
