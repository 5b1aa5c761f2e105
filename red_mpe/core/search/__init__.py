"""Search over several apps: what is asked, what matches it, who can be asked."""

from red_mpe.core.search.matching import (
    CAP,
    SHORTEST,
    Fold,
    Kept,
    Match,
    capped_count,
    full_text,
    headline,
    hit_text,
    holding,
    leaving_out,
    names_like,
    rank_of,
    reader_first,
    snippet_text,
    vector,
)
from red_mpe.core.search.question import Question, Synonyms, forget_synonyms
from red_mpe.core.search.registry import Found, Hit, SearchSource, register, sources
from red_mpe.core.search.vocabulary import learn, suggestion

__all__ = [
    "CAP",
    "SHORTEST",
    "Fold",
    "Found",
    "Hit",
    "Kept",
    "Match",
    "Question",
    "SearchSource",
    "Synonyms",
    "capped_count",
    "forget_synonyms",
    "full_text",
    "headline",
    "hit_text",
    "holding",
    "learn",
    "leaving_out",
    "names_like",
    "rank_of",
    "reader_first",
    "register",
    "snippet_text",
    "sources",
    "suggestion",
    "vector",
]
