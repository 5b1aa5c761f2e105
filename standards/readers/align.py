"""Two languages of one document, laid beside each other by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .outline import Entry, Outline


@dataclass(frozen=True)
class Alignment:
    """`matched` holds the second document's entry for each label of the first that it has; the rest has no partner.

    `missing_in_second` are labels in the order of the first document, `unknown_in_second` entries in that of the second.
    """

    matched: dict[str, Entry]
    missing_in_second: list[str]
    unknown_in_second: list[Entry]


def align(first: Sequence[str], second: Outline) -> Alignment:
    """Pair the labels of one document with the entries of another. Case and a stop at the end make no difference."""
    found = {_key(entry.label): entry for entry in second.walk()}
    keys = {_key(label) for label in first}
    return Alignment(
        matched={label: found[_key(label)] for label in first if _key(label) in found},
        missing_in_second=[label for label in first if _key(label) not in found],
        unknown_in_second=[entry for key, entry in found.items() if key not in keys],
    )


def _key(label: str) -> str:
    return label.strip().rstrip(".").casefold()
