"""Pictures that somebody sends: encoded anew in two sizes by a process of its own, kept under their hash. Nothing else of them is kept."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from events.models import EventPhoto, Poster
from publications.actions.storing import Holder, discard, keep_bytes
from publications.readers.apart import read_apart
from publications.readers.archives import Unreadable
from red_mpe.core.states import DomainError

LIMIT: Final = 10 << 20  # bytes of one picture as it is sent
_PATIENCE: Final = 20  # seconds for one picture
#: Pixels across and down and bytes at most, for the small and the large size: what pages may weigh (look.md).
PHOTO: Final = ((320, 320, 7_000), (1280, 1280, 180_000))
POSTER: Final = ((360, 480, 12_000), (1200, 1600, 220_000))


class PictureRefused(DomainError):
    """A picture that is not taken, with words that say why."""


def take_picture(upload: Any, sizes: tuple[tuple[int, int, int], tuple[int, int, int]]) -> dict[str, Any]:
    """Keep a picture in two sizes and return the columns that tell of them. It belongs outside a transaction.

    Whoever opens one of these sizes finds pixels: no place, no camera, no owner, no second file behind the first. Refused with words:
    what is empty, over LIMIT, no PNG, JPEG or WEBP by its content, damaged, or of more pixels than a page will ever show. Raises
    StoreAway while the store does not answer.
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
            found = read_apart("two-sizes", numbers, str(source), folder, patience=_PATIENCE)
        except Unreadable as error:
            raise PictureRefused(_why(error.code)) from error
        return {name: value for size in ("small", "large") for name, value in _kept(Path(folder, size), size, found[size]).items()}


def _why(code: str) -> str:
    if code in ("bomb", "too-heavy"):
        return _("This picture has more pixels than any page can show. Send a smaller copy.")
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
