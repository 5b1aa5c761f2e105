"""The bytes of files, as exports take them out of the private store."""

from typing import Any

from publications.actions.storing import name_of, open_stored, store

__all__ = ["is_stored", "name_of", "open_stored"]


def is_stored(name: str) -> bool:
    """Tell whether something lies under `name`."""
    found: Any = store().exists(name)
    return bool(found)
