"""Every address of the site, read from the resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# `<slug:name>` of a path, `(?P<name>…)` of an expression
GAP = re.compile(r"<(?:\w+:)?(?P<angle>\w+)>(?![^()]*\))|\(\?P<(?P<group>\w+)>[^()]*\)")


@dataclass(frozen=True)
class Address:
    """One route: its name (or a star and the end of its path where it has none) and its path with a gap for each parameter."""

    name: str
    parameters: tuple[str, ...]
    path: str

    def path_with(self, values: dict[str, Any]) -> str:
        """Return the path with its gaps filled."""
        return GAP.sub(lambda gap: str(values[gap["angle"] or gap["group"]]), self.path)


def every_address() -> list[Address]:
    """Return every route in the active language, once each."""
    return list({address.name: address for address in _walk(get_resolver())}.values())


def _walk(resolver: URLResolver, namespace: str = "", before: tuple[URLPattern, ...] = ()) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, (*before, pattern.pattern))
        else:
            yield _address(namespace, pattern, (*before, pattern.pattern))


def _address(namespace: str, pattern: URLPattern, parts: tuple[Any, ...]) -> Address:
    path = "/" + "".join(getattr(part, "language_prefix", None) or str(part) for part in parts).replace("^", "").replace("$", "")
    names = tuple(gap["angle"] or gap["group"] for gap in GAP.finditer(path))
    return Address(namespace + (pattern.name or f"*{pattern.pattern}"), names, path)
