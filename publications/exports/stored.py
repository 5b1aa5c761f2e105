"""The bytes of files, as exports take them out of the private store."""

from typing import Any

from django.core.files.storage import storages


def name_of(sha256: str) -> str:
    """Return where bytes of this hash lie."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def is_stored(name: str) -> bool:
    """Tell whether something lies under `name`."""
    return storages["library"].exists(name)


def open_stored(name: str) -> Any:
    """Open what lies under `name`, to be read from its beginning and closed by the caller."""
    return storages["library"].open(name, "rb")
