"""One look at a framework: while a page is drawn, what several guards ask is asked once. An action asks anew each time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Remember what is read until the end of the block; nothing may be written in it."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once_a_look(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Make a reading of one row that is made once in a look, and each time outside of one."""

    @wraps(read)
    def reading(thing: Any) -> T:
        known = _known.get()
        if known is None:
            return read(thing)
        key = (read.__qualname__, type(thing), thing.pk)
        if key not in known:
            known[key] = read(thing)
        found: T = known[key]
        return found

    return reading
