"""Pictures: encoded anew without what cameras write into them, and small ones of first pages."""

import io
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from publications.readers.archives import Unreadable

PIXELS = 40_000_000
THUMBNAIL = (160, 210)  # pixels at most: twice what a page shows, for sharp screens
THUMBNAIL_BYTES = 6_000
LIGHT = (1280, 1280)
LIGHT_BYTES = 200_000
_CODECS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def open_picture(source: str | Path | io.BytesIO, codecs: tuple[str, ...] = tuple(_CODECS)) -> Any:
    """Open and decode a picture upright. Refused with a code: damage, and more pixels than a page of ours will ever show."""
    Image.MAX_IMAGE_PIXELS = PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(source, formats=[_CODECS[code] for code in codecs])
            picture.load()
            return ImageOps.exif_transpose(picture)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Unreadable("bomb") from error
        except _FAULTS as error:
            raise Unreadable("broken") from error


def encode_anew(source: str | Path, target: Path, code: str) -> None:
    """Write the pixels of a picture and nothing else: no place, no camera, no owner, no second file behind the first."""
    picture = open_picture(source, (code,))
    if picture.mode in ("P", "PA") or (code == "jpg" and picture.mode not in ("L", "RGB")):
        picture = picture.convert("RGBA" if code != "jpg" and "transparency" in picture.info else "RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    options: dict[str, Any] = {"jpg": {"quality": 92}, "webp": {"quality": 92, "method": 4}, "png": {}}[code]
    bare.save(target, _CODECS[code], **options)


def two_sizes(source: str | Path, folder: Path, sizes: str) -> dict[str, Any]:
    """Write a picture as `small` and `large` into `folder`, pixels only; return the size of both.

    `sizes` holds three numbers for each: pixels across, pixels down, bytes at most. A picture that is smaller stays so.
    """
    numbers = [int(number) for number in sizes.split(",")]
    picture = open_picture(source)
    found = {}
    for name, (width, height, limit) in zip(("small", "large"), (numbers[:3], numbers[3:]), strict=True):
        found[name] = small(picture, folder / name, (width, height), limit)
    return found


def small(picture: Any, target: Path, box: tuple[int, int], limit: int) -> tuple[int, int]:
    """Write a picture as WEBP that fits into `box` and `limit` bytes, on white; return width and height."""
    while True:
        copy = picture.convert("RGBA")
        copy.thumbnail(box)
        ground = Image.new("RGB", copy.size, "white")
        ground.paste(copy, mask=copy.getchannel("A"))
        for quality in (78, 60, 42, 25):
            buffer = io.BytesIO()
            ground.save(buffer, "WEBP", quality=quality, method=4)
            if buffer.tell() <= limit:
                target.write_bytes(buffer.getvalue())
                return ground.size
        box = (box[0] * 3 // 4, box[1] * 3 // 4)
