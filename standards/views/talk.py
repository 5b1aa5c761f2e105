"""A thread as one kept piece of HTML: what is the same for every reader is rendered once, and a reader's own marks are put into its holes.

A piece is kept under a mark of everything it is made of, so any change asks for another. Nothing of the reader is in it.
A hole begins and ends with a NUL: no text from the database can hold one.
"""

import re
from types import SimpleNamespace
from typing import Any, Final

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from red_mpe.core.packed import Packed, holding, pack, unpack
from red_mpe.core.text import trusted
from standards.models import Comment
from standards.querysets.comments import address
from standards.querysets.talk import Thread, thread_of
from standards.views.finding import Place
from standards.views.reading import edition

_PIECE: Final = "standards/_talk.html"
_KEPT: Final = 86_400  # seconds
_CODE: Final = "\0C\0"
_HOLE: Final = re.compile("\0([MA])([^\0]+)\0")
_HOLES: Final = {"mine": "\0M", "acts": "\0A", "end": "\0"}


def talk(request: Any, place: Place, persona: Any | None, *, may_speak: bool) -> SafeString:
    """Return the threads of a place for this reader; for who has nothing of their own in it, the piece that all such readers share."""
    thread = thread_of(place.consultation, place.text, persona) if place.consultation else None
    if thread is None or not thread.mark:
        return SafeString("")
    key = f"{edition(_PIECE)}:{get_language()}:{thread.mark}"
    if not thread.mine and not may_speak:
        return _shared(key, place)
    return trusted(_HOLE.sub(_Fill(request, thread, may_speak=may_speak), _with_holes(key, place)))


def with_talk(response: Any, piece: SafeString) -> Any:
    """Let a page be compressed with the piece that many readers share."""
    return holding(response, piece) if isinstance(piece, Packed) else response


def _shared(key: str, place: Place) -> Packed:
    if kept := cache.get(f"talk:{key}"):
        return unpack(kept)
    piece = pack(trusted(_HOLE.sub("", _with_holes(key, place))))
    cache.set(f"talk:{key}", piece.parts(), _KEPT)
    return piece


def _with_holes(key: str, place: Place) -> str:
    kept: str | None = cache.get(f"holes:{key}")
    if kept is None:
        rows = Comment.objects.filter(consultation=place.consultation, clause_text=place.text).threads(None)
        kept = str(render_to_string(_PIECE, {"threads": rows, "holes": _HOLES}))
        cache.set(f"holes:{key}", kept, _KEPT)
    return kept


class _Fill:
    """Puts a reader's own marks into the holes; what may be done with a comment is rendered once for each kind of it."""

    def __init__(self, request: Any, thread: Thread, *, may_speak: bool) -> None:
        self.request, self.thread, self.may_speak = request, thread, may_speak
        self._mine = str(render_to_string("standards/_mine.html")) if thread.mine else ""
        self._acts: dict[tuple[bool, bool], str] = {}

    def __call__(self, hole: re.Match[str]) -> str:
        kind, code = hole.groups()
        mine, supported = code in self.thread.mine, code in self.thread.supported
        if kind == "M":
            return self._mine if mine else ""
        return self._may(mine=mine, supported=supported).replace(_CODE, code) if self.may_speak else ""

    def _may(self, *, mine: bool, supported: bool) -> str:
        if (mine, supported) not in self._acts:
            urls = {f"{name}_url": address(f"comment_{name}", _CODE) for name in ("support", "reply")}
            comment = SimpleNamespace(code=_CODE, mine=mine, supported=supported, **urls)
            context = {"comment": comment, "may_speak": True}
            self._acts[mine, supported] = str(render_to_string("standards/_acts.html", context, request=self.request))
        return self._acts[mine, supported]
