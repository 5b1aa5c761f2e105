"""Parts of a page that are the same for many readers, rendered and compressed once."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from red_mpe.core.packed import Packed, pack, unpack
from red_mpe.core.text import trusted
from standards.views.reading import edition

KEPT = 86_400  # seconds


def kept_piece(template: str, made_of: object, context: Mapping[str, Any]) -> Packed:
    """Return a rendered template, kept under all that it is `made_of`, the language and the release; nothing of the reader may be in it."""
    key = f"piece:{edition(template)}:{get_language()}:{hashlib.sha256(repr(made_of).encode()).hexdigest()}"
    if kept := cache.get(key):
        return unpack(kept)
    piece = pack(trusted(render_to_string(template, dict(context))))
    cache.set(key, piece.parts(), KEPT)
    return piece
