"""The text of a version as finished pieces of HTML, one a clause, kept in the cache until something in it changes.

A piece is the same for everybody who may read the version in that language: nothing about the reader is in it. Its key names
all that it is made of, so that nothing has to be thrown away: a change of words, of a count or of the round asks for another key.
The whole text is kept too, joined and compressed, under a digest of the keys of its pieces.
"""

import hashlib
from collections.abc import Sequence
from functools import cache as remembered
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils.translation import get_language

from red_mpe.core.packed import Packed, pack, unpack
from red_mpe.core.text import trusted
from standards.models import ClauseText, Version
from standards.querysets.clauses import ClauseMark

_PIECE = "standards/_clause.html"
_KEPT = 86_400  # seconds
_WHOLE_KEPT = 900  # a quarter of a megabyte each, and every comment makes another


def read_clauses(version: Version, marks: Sequence[ClauseMark], *, listening: bool) -> Packed:
    """Return the clauses of a version that the reader may see as one piece of HTML; only what is not kept yet is read and rendered."""
    place = f"{version.framework.slug}:{version.number}:{version.framework.authentic_language}:{listening:d}"
    start = f"clause:{edition(_PIECE)}:{get_language()}:{place}"
    keys = {mark.pk: _key(start, mark) for mark in marks}
    whole = f"text:{hashlib.sha256(' '.join(keys.values()).encode()).hexdigest()}"
    if kept := cache.get(whole):
        return unpack(kept)
    text = pack(trusted(_joined(version, keys, listening=listening)))
    cache.set(whole, text.parts(), _WHOLE_KEPT)
    return text


def _joined(version: Version, keys: dict[int, str], *, listening: bool) -> str:
    kept = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    if missing:
        fresh = {keys[pk]: html for pk, html in _rendered(version, missing, listening=listening).items()}
        cache.set_many(fresh, _KEPT)
        kept |= fresh
    return "".join(kept.get(key, "") for key in keys.values())


def _key(start: str, mark: ClauseMark) -> str:
    return f"{start}:{mark.pk}:{mark.written.replace(' ', '-')}:{mark.comments}:{mark.stale:d}"


def _rendered(version: Version, clauses: Sequence[int], *, listening: bool) -> dict[int, str]:
    piece = get_template(_PIECE)
    rows = ClauseText.objects.filter(pk__in=clauses).rows(version)
    return {row.pk: piece.render({"row": row, "listening": listening}) for row in rows}


@remembered
def edition(piece: str) -> str:
    """Name what a release brings: the template of a piece, what it may include, the translations. Another release asks for other keys."""
    found = hashlib.sha256(_source(piece).encode())
    templates = [path for part in ("standards", "components") for path in Path(settings.BASE_DIR, "templates", part).rglob("*.html")]
    catalogues = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.mo")]
    for path in sorted([*templates, *catalogues]):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _source(piece: str) -> str:
    template: Any = get_template(piece)
    return str(template.template.source)
