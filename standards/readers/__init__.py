"""Readers: a document as people write it becomes a tree of labelled clauses. Pure Python, no database."""

from .align import Alignment, align
from .outline import (
    ANNEX,
    CRITERION,
    DEFINITION,
    PART,
    PRINCIPLE,
    REQUIREMENT,
    SUB_REQUIREMENT,
    Entry,
    Outline,
    Problem,
    ReaderError,
)
from .reading import read_document

__all__ = [
    "ANNEX",
    "CRITERION",
    "DEFINITION",
    "PART",
    "PRINCIPLE",
    "REQUIREMENT",
    "SUB_REQUIREMENT",
    "Alignment",
    "Entry",
    "Outline",
    "Problem",
    "ReaderError",
    "align",
    "read_document",
]
