"""Parts of a page that are the same for many readers, rendered and compressed once."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from red_mpe.core.packed import Packed, pack, unpack
from red_mpe.core.text import trusted
from standards.views.reading import edition

KEPT = 86_400  # seconds


def kept_for(name: str, made_of: object, make: Callable[[], Any]) -> Any:
    """Return what `make` makes, kept under all that it is `made_of`, the language and the release; `name` is the template it is for."""
    key = f"piece:{edition(name)}:{get_language()}:{hashlib.sha256(repr(made_of).encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = make()
        cache.set(key, kept, KEPT)
    return kept


def kept_piece(template: str, made_of: object, context: Mapping[str, Any] | Callable[[], Mapping[str, Any]]) -> Packed:
    """Return a rendered template, kept under all that it is `made_of`, the language and the release; nothing of the reader may be in it.

    A `context` that costs something to make is given as what makes it.
    """

    def render() -> tuple[bytes, bytes]:
        known = context() if callable(context) else context
        return pack(trusted(render_to_string(template, dict(known)))).parts()

    return unpack(kept_for(template, made_of, render))
