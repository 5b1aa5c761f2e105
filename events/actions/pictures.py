"""Pictures that somebody sends: encoded anew in two sizes by a process of its own, kept under their hash. Nothing else of them is kept."""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from events.models import EventPhoto, Poster
from members.models import User
from publications.actions.storing import Holder, discard, keep_bytes
from publications.readers.apart import read_apart
from publications.readers.archives import Unreadable
from red_mpe.core.states import DomainError

LIMIT: Final = 10 << 20  # bytes of one picture as it is sent
PATIENCE: Final = 20  # seconds for one picture
TOGETHER: Final = 40  # seconds for all pictures of one form
_HELD: Final = 120  # seconds after which a form that died keeps nobody out any more
#: Pixels across and down and bytes at most, for the small and the large size: what pages may weigh (look.md).
PHOTO: Final = ((320, 320, 7_000), (1280, 1280, 180_000))
POSTER: Final = ((360, 480, 12_000), (1200, 1600, 220_000))


class PictureRefused(DomainError):
    """A picture that is not taken, with words that say why."""


@contextmanager
def one_form_of(actor: User) -> Iterator[float]:
    """Hold back a second form with pictures from the same account while the first is worked on; yield until when this one may take.

    A form holds a process of the site while its pictures are encoded: so nobody can hold them all. Refused with words, at once.
    """
    key = f"pictures:{actor.pk}"
    if not cache.add(key, 1, _HELD):
        raise PictureRefused(_("Pictures that were sent before from this account are still being worked on. Send these in a minute."))
    try:
        yield time.monotonic() + TOGETHER
    finally:
        cache.delete(key)


def patience_until(deadline: float) -> float:
    """Return the seconds there are for the next picture of a form; refused where its time is up."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise PictureRefused(_("There was no time left for this picture: the ones before took long. Send it again by itself."))
    return min(PATIENCE, left)


def take_picture(upload: Any, sizes: tuple[tuple[int, int, int], tuple[int, int, int]], patience: float = PATIENCE) -> dict[str, Any]:
    """Keep a picture in two sizes and return the columns that tell of them. It belongs outside a transaction.

    Whoever opens one of these sizes finds pixels: no place, no camera, no owner, no second file behind the first. Refused with words:
    what is empty, over LIMIT, no PNG, JPEG or WEBP by its content, damaged, of more pixels than a page will ever show, or not done
    in `patience` seconds. Raises StoreAway while the store does not answer.
    """
    if not upload.size:
        raise PictureRefused(_("This picture is empty. Perhaps it was not saved before it was sent."))
    if upload.size > LIMIT:
        raise PictureRefused(_("This picture has more than %(most)s MB. Send a smaller copy.") % {"most": LIMIT >> 20})
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        source = Path(folder, "source")
        with source.open("wb") as copy:
            copy.writelines(upload.chunks())
        numbers = ",".join(str(number) for size in sizes for number in size)
        try:
            found = read_apart("two-sizes", numbers, str(source), folder, patience=patience)
        except Unreadable as error:
            raise PictureRefused(_why(error.code)) from error
        return {name: value for size in ("small", "large") for name, value in _kept(Path(folder, size), size, found[size]).items()}


def _why(code: str) -> str:
    if code in ("bomb", "too-heavy"):
        return _("This picture has more pixels than any page can show. Send a smaller copy.")
    if code == "too-slow":
        return _("This picture took too long to work on. Send a smaller copy, by itself.")
    return _("This is no picture that can be opened: PNG, JPEG and WEBP are taken, undamaged.")


def _kept(path: Path, size: str, pixels: Iterable[int]) -> dict[str, Any]:
    width, height = pixels
    return {size: keep_bytes(path.read_bytes()), f"{size}_width": width, f"{size}_height": height}


def forget_bytes(*pictures: Any) -> None:
    """Remove the bytes of pictures whose rows are gone, but for those that another picture shows too."""
    discard(*dict.fromkeys(name for picture in pictures for name in (picture.small, picture.large)))


def _holds(name: str) -> bool:
    return any(model.objects.filter(**{size: name}).exists() for model in (EventPhoto, Poster) for size in ("small", "large"))


def _names() -> list[str]:
    rows = [pair for model in (EventPhoto, Poster) for pair in model._default_manager.values_list("small", "large")]
    return sorted({name for pair in rows for name in pair})


#: Makes the bytes of our pictures known to the store.
HOLDER: Final = Holder(_holds, _names)
