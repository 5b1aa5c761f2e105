"""The store of the library: bytes under their SHA-256, whole or not there, identical ones once."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from django.core.files import File as Bytes
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.models import File
from red_mpe.core.states import DomainError

CHUNK = 1 << 16
FRESH = timedelta(hours=12)  # bytes kept longer ago are written again, so that the sweep of orphans never meets them
ORPHAN = timedelta(days=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Holder:
    """Rows of an app above the library that name bytes of its store: whether one names `name`, and all the names."""

    holds: Callable[[str], bool]
    names: Callable[[], Iterable[str]]


_holders: list[Holder] = []


def also_held(holder: Holder) -> None:
    """Let the rows of an app above keep bytes from the sweep of orphans; said in `AppConfig.ready()`."""
    _holders.append(holder)


class StoreAway(DomainError):
    """The place where files lie does not answer, or is full."""

    def __init__(self) -> None:
        super().__init__(_("The store of files does not answer right now. Nothing was lost; try again in a moment."))


def store() -> Storage:
    """Return the private store of the library."""
    return storages["library"]


def name_of(sha256: str) -> str:
    """Return where bytes of this hash lie."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def hash_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, read a piece at a time."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def keep(file: IO[bytes]) -> str:
    """Put the bytes into the store and return their hash. What is there already is not written again. Raises StoreAway."""
    sha256 = hash_of(file)
    name = name_of(sha256)
    file.seek(0)
    try:
        if not _is_fresh(name):
            store().save(name, Bytes(file, name=name))
    except faults() as error:
        raise away(error) from error
    return sha256


def keep_bytes(data: bytes) -> str:
    """Put bytes into the store and return the name they lie under."""
    return name_of(keep(ContentFile(data)))


def _is_fresh(name: str) -> bool:
    return store().exists(name) and store().get_modified_time(name) > timezone.now() - FRESH


def open_stored(name: str) -> Any:
    """Open what lies under `name`. Raises StoreAway, also when nothing lies there: every name comes from a row."""
    try:
        return store().open(name, "rb")
    except faults() as error:
        raise away(error) from error


def faults() -> tuple[type[Exception], ...]:
    """Return what the store in use raises when it fails."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:  # a site on its own disk needs no client of a bucket
        return (OSError,)
    return (OSError, BotoCoreError, ClientError)


def away(error: Exception) -> StoreAway:
    """Log what the store said, without names or paths, and return what people are told."""
    log.error("The store of the library failed: %s", type(error).__name__)
    return StoreAway()


def remove_orphans() -> int:
    """Remove bytes that no row has named for a day; return how many. Safe at any time, twice and at once."""
    gone = 0
    for name in _names(""):
        if not _is_named(name) and store().get_modified_time(name) < timezone.now() - ORPHAN and not _is_named(name):
            store().delete(name)
            gone += 1
    return gone


def _is_named(name: str) -> bool:
    ours = File.objects.filter(Q(sha256=name.rpartition("/")[2]) | Q(thumbnail=name) | Q(light_name=name))
    return ours.exists() or any(holder.holds(name) for holder in _holders)


def discard(*names: str) -> None:
    """Remove bytes at once that somebody wanted gone for good, but for those that another row still names. Raises StoreAway."""
    for name in names:
        if not _is_named(name):
            try:
                store().delete(name)
            except faults() as error:
                raise away(error) from error


def _names(folder: str) -> Iterator[str]:
    """Yield everything in the store, drafts of a write that was cut included."""
    try:
        folders, files = store().listdir(folder)
    except FileNotFoundError:
        return
    for one in sorted(folders):
        yield from _names(f"{folder}{one}/")
    yield from (f"{folder}{one}" for one in sorted(files))


def open_part(name: str, start: int, length: int) -> Any:
    """Open what lies under `name` at `start`, for `length` bytes; a bucket sends no more than those. Raises StoreAway."""
    bucket = getattr(store(), "bucket", None)
    try:
        if bucket is not None and length > 0:
            key = f"{store().location}/{name}"  # type: ignore[attr-defined]
            return bucket.Object(key).get(Range=f"bytes={start}-{start + length - 1}")["Body"]
        opened = store().open(name, "rb")
        opened.seek(start)
        return opened
    except faults() as error:
        raise away(error) from error


def faulty_files(*, whole: bool = False) -> Iterator[str]:
    """Yield the names of bytes that rows count on and the store does not have; with `whole` also those that are not what they were."""
    for name in _counted_on():
        if not store().exists(name):
            yield name
        elif whole:
            with open_stored(name) as stored:
                if name_of(hash_of(stored)) != name:
                    yield name


def _counted_on() -> Iterator[str]:
    yield from map(name_of, File.objects.order_by().values_list("sha256", flat=True).distinct().iterator())
    for holder in _holders:
        yield from holder.names()
