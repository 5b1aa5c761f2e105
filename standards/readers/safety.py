"""The door: an archive is opened only within measure, and its XML only without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .outline import ReaderError

MEGABYTE = 1024 * 1024
FILE_LIMIT = 25 * MEGABYTE
MEMBER_LIMIT = 30 * MEGABYTE
TOTAL_LIMIT = 150 * MEGABYTE
MEMBER_COUNT = 3000
RATIO_LIMIT = 150
_ENCRYPTED_BIT = 0x1

# Strict Open XML has other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)

Element = Any


class Archive:
    """Read members of a ZIP held in memory.

    Refused before anything is unpacked: too many members, too large or too compressed ones, doubles, members that
    overlap and passwords. The sizes declared are never trusted: unpacking stops one byte past the limit.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ReaderError("damaged_archive") from error
        self._check(self._zip.infolist(), len(data))
        self.names = frozenset(self._zip.namelist())

    def _check(self, members: list[zipfile.ZipInfo], size: int) -> None:
        if any(member.flag_bits & _ENCRYPTED_BIT for member in members):
            raise ReaderError("encrypted")
        if len({member.filename for member in members}) < len(members) or sum(member.compress_size for member in members) > size:
            raise ReaderError("damaged_archive")
        if len(members) > MEMBER_COUNT or sum(member.file_size for member in members) > TOTAL_LIMIT:
            raise ReaderError("archive_bomb")
        if any(_swollen(member) for member in members):
            raise ReaderError("archive_bomb")

    def read(self, name: str) -> bytes | None:
        """Unpack one member, or return None where there is none."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MEMBER_LIMIT + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise ReaderError("damaged_archive") from error
        if len(data) > MEMBER_LIMIT:
            raise ReaderError("archive_bomb")
        return data

    def xml(self, name: str) -> Element | None:
        """Parse one member, or return None where there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data, name)


def _swollen(member: zipfile.ZipInfo) -> bool:
    return member.file_size > MEGABYTE and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML without entities, network or huge nodes. A document type of any kind is refused."""
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReaderError("unsafe_xml" if b"<!ENTITY" in data else "damaged_document", part=name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReaderError("unsafe_xml")
    return root


def stream_xml(data: bytes, name: str, tag: str) -> Iterator[Element]:
    """Give each outermost element of `tag` and forget it afterwards, so that a long table needs little memory. As strict as `parse_xml`."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise ReaderError("unsafe_xml")
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    depth = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise ReaderError("damaged_document", part=name) from error


def _forget(element: Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
