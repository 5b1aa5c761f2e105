"""Editions that are built once: kept under the data folder by what they are made of, so that a stale one is never handed out."""

import hashlib
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache

from publications.exports import usb
from publications.models import Collection
from red_mpe.notifications.actions.waking import wake

BUILD: Final = "publications.tasks.build_edition"
AT_ONCE: Final = 6_000_000  # bytes up to which an edition is built while the reader waits: a second or two
MANY: Final = 60  # and records
_LOCK: Final = 600  # seconds after which a builder that died no longer holds others up
_LOOKS: Final = "1"  # counts changes of what the pages look like


def seal(collection: Collection) -> str:
    """Return a hash of everything the edition is made of: two queries that read no words."""
    records = usb.public_records(collection)
    found = hashlib.sha256(repr((_LOOKS, collection.pk, collection.revision)).encode())
    found.update(repr(list(records.values_list("code", "revision", "stamp"))).encode())
    found.update(repr(list(usb.shared_files(records).values_list("pk", "sha256", "name", "light_name", "description"))).encode())
    return found.hexdigest()[:32]


def path(collection: Collection, sealed: str) -> Path:
    """Return where the edition of that seal is, built or not."""
    return Path(settings.DATA_DIR) / "editions" / str(collection.pk) / f"{sealed}.zip"


def kept(collection: Collection, sealed: str) -> Path | None:
    """Return the edition if it has been built."""
    found = path(collection, sealed)
    return found if found.is_file() else None


def take(collection: Collection) -> Path | None:
    """Return the edition, built at once where that is quick; None while a worker builds it."""
    sealed = seal(collection)
    if there := kept(collection, sealed):
        return there
    told = usb.outline(collection)
    if told.size <= AT_ONCE and told.records <= MANY:
        return build(collection)
    wake(BUILD, collection.pk)
    return kept(collection, sealed)


def build(collection: Collection) -> Path | None:
    """Build the edition unless it is there; None while another process builds it. Older ones are thrown away."""
    sealed = seal(collection)
    if there := kept(collection, sealed):
        return there
    lock = f"edition:{collection.pk}:{sealed}"
    if not cache.add(lock, 1, _LOCK):
        return kept(collection, sealed)
    try:
        return usb.write(usb.gather(collection), path(collection, sealed))
    finally:
        cache.delete(lock)
        _tidy(collection, sealed)


def _tidy(collection: Collection, sealed: str) -> None:
    for old in path(collection, sealed).parent.glob("*.zip"):
        if not old.name.startswith(sealed):
            old.unlink(missing_ok=True)
