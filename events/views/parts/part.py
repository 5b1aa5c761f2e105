"""A part of the page of an event."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """A fragment, what it shows, and whether it stands before the words of the event: what one can do now does."""

    template: str
    shows: dict[str, Any] = field(default_factory=dict)
    first: bool = False
