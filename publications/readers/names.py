"""Names of files: what a reader's computer will call them."""

import re
from pathlib import PurePosixPath

from red_mpe.core.text import clean_line

LENGTH = 120  # characters with the extension: below what any file system allows, even with four bytes a letter
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e007f]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$", re.IGNORECASE)


def clean_name(given: str, extension: str, *, known: tuple[str, ...] = ()) -> str:
    """Return a name for a file of `extension`: without path, bidirectional and invisible signs, reserved words; never empty, never long.

    An extension of `known` is kept as it was written, any other gives way to `extension`.
    """
    name = _FORBIDDEN.sub(" ", clean_line(re.split(r"[/\\]", given.replace("\0", ""))[-1]))
    name = " ".join(name.split()).strip(". ")
    stem, ending = split_name(name)
    if ending not in (extension, *known):
        ending = extension
    stem = stem.strip(". ") or "documento"
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"documento-{stem}"
    return f"{stem[: LENGTH - len(ending) - 1].rstrip('. ')}.{ending}"


def split_name(name: str) -> tuple[str, str]:
    """Return stem and extension (small letters, without dot); what follows the last dot of a sentence is no extension."""
    suffix = PurePosixPath(name).suffix[1:]
    if not re.fullmatch(r"[A-Za-z0-9]{1,5}", suffix):
        return name, ""
    return name[: -len(suffix) - 1], suffix.lower()
