"""The door for archives: looked at before anything is unpacked, unpacked within measure, XML without entities.

The same door as for the texts of frameworks (standards/readers/safety.py), wider: files of the library may be large and lie on disk.
"""

import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from lxml import etree

MEGABYTE = 1024 * 1024
MEMBERS = 5000
DIRECTORY = 4 * MEGABYTE  # of the table of contents, which Python reads whole before anything can be counted
TOTAL = 2000 * MEGABYTE
MEMBER = 40 * MEGABYTE  # unpacked into memory at once
RATIO = 150
_ENCRYPTED = 0x1
_NESTED = re.compile(r"\.(zip|7z|rar|gz|tgz|bz2|xz|tar|zst|cab|iso)$", re.IGNORECASE)
_PROGRAMS = re.compile(
    r"\.(exe|com|bat|cmd|scr|msi|msp|dll|lnk|pif|cpl|hta|js|jse|vbs|vbe|wsf|wsh|ps1|psm1|jar|apk|app|dmg|reg|sh|desktop)$", re.IGNORECASE
)
_ESCAPES = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")


class Unreadable(Exception):
    """The file cannot be read; `code` is a Problem or a reason to refuse it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def _refuse_long_directory(source: str | Path | IO[bytes]) -> None:
    """Refuse a table of contents that is far longer than so many members need; the number that the archive names may lie."""
    with open(source, "rb") if isinstance(source, str | Path) else nullcontext(source) as file:
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # knows ZIP64 too
    if end and end[zipfile._ECD_SIZE] > DIRECTORY:  # type: ignore[attr-defined]
        raise Unreadable("bomb")


class Archive:
    """A ZIP whose table of contents has been looked at.

    Refused with a code: damage, passwords, too many, too large or too compressed members, doubles, members that overlap.
    """

    def __init__(self, source: str | Path | IO[bytes], *, members: int = MEMBERS) -> None:
        try:
            _refuse_long_directory(source)
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable("broken") from error
        self.members = self._zip.infolist()
        self.names = frozenset(member.filename for member in self.members)
        self._check(members)

    def _check(self, most: int) -> None:
        if any(member.flag_bits & _ENCRYPTED for member in self.members):
            raise Unreadable("encrypted")
        if len(self.names) < len(self.members) or _overlapping(self.members):
            raise Unreadable("broken")
        if len(self.members) > most or sum(member.file_size for member in self.members) > TOTAL:
            raise Unreadable("bomb")
        if any(_swollen(member) for member in self.members):
            raise Unreadable("bomb")

    def escapes(self) -> bool:
        """Tell whether a member would land outside the folder it is unpacked into: paths, drives, links."""
        return any(_ESCAPES.search(member.orig_filename) or _is_link(member) for member in self.members)

    def nests(self) -> bool:
        """Tell whether an archive lies in the archive."""
        return any(_NESTED.search(name) for name in self.names)

    def runs(self) -> bool:
        """Tell whether a program lies in the archive."""
        return any(_PROGRAMS.search(name) for name in self.names)

    def read(self, name: str, limit: int = MEMBER) -> bytes:
        """Unpack one member, never more than `limit` bytes whatever it declares; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise Unreadable("broken") from error
        if len(data) > limit:
            raise Unreadable("bomb")
        return data

    def xml(self, name: str) -> Any:
        """Parse one member; None where there is none."""
        data = self.read(name)
        return parse_xml(data) if data else None

    def like(self, pattern: str) -> Iterator[str]:
        """Yield the names that match `pattern` whole, those with numbers in the order of the numbers."""
        found = (name for name in self.names if re.fullmatch(pattern, name))
        yield from sorted(found, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)])


def _overlapping(members: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(one.header_offset + one.compress_size > after.header_offset for one, after in itertools.pairwise(ordered))


def _swollen(member: zipfile.ZipInfo) -> bool:
    return member.file_size > MEGABYTE and member.file_size > RATIO * max(member.compress_size, 1)


def _is_link(member: zipfile.ZipInfo) -> bool:
    return (member.external_attr >> 16) & 0o170000 == 0o120000


def parse_xml(data: bytes) -> Any:
    """Parse XML without entities, network or huge nodes; one that declares entities is refused."""
    if b"<!ENTITY" in data:
        raise Unreadable("bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken") from error
