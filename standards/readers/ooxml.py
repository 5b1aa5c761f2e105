"""Names and small questions of WordprocessingML, and the package that holds it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from .outline import ReaderError
from .safety import Archive, Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_FETCHED = ("/image", "/oleObject", "/frame", "/subDocument", "/aFChunk")
_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: Element | None, tag: str) -> str | None:
    """Return the `w:val` of a child, "" when it has none, None when there is no such child."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(W + "val", "")


def switched(parent: Element | None, tag: str) -> bool | None:
    """Read an on/off property: None where it is not said."""
    found = value(parent, tag)
    return None if found is None else found.lower() not in _OFF


def integer(parent: Element | None, tag: str) -> int | None:
    """Read a whole number; anything else counts as not said."""
    return to_integer(value(parent, tag))


def to_integer(text: str | None) -> int | None:
    """Read a whole number of at most nine digits, or None."""
    text = text or ""
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 10 else None


@dataclass(frozen=True)
class Relation:
    """Where a part points to, and whether that lies outside the file."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Word document. Refused when there is no main document part."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = self._main_part()

    def _main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind.endswith("/officeDocument") and relation.target in self.archive.names:
                return relation.target
        raise ReaderError("other_archive")

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by id; targets inside the file as names of members."""
        folder, name = posixpath.split(part)
        root = self.archive.xml(posixpath.join(folder, "_rels", name + ".rels"))
        return {} if root is None else {item.get("Id", ""): _relation(item, folder) for item in root.iter(_PACKAGE + "Relationship")}

    def part(self, kind: str) -> str:
        """Return the name of the part of a kind such as `styles`, or "" when the document has none."""
        ending = "/" + kind
        return next((relation.target for relation in self.main_relations.values() if relation.kind.endswith(ending)), "")

    def tree(self, kind: str) -> Element | None:
        return self.archive.xml(self.part(kind))

    @cached_property
    def main_relations(self) -> dict[str, Relation]:
        return self.relations(self.main)

    @cached_property
    def body(self) -> Element:
        root = self.archive.xml(self.main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise ReaderError("damaged_document", part=self.main)
        return body

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.archive.names)

    @property
    def reaches_out(self) -> bool:
        """Tell whether showing the document would fetch something; plain links and templates do not count."""
        return any(relation.external and relation.kind.endswith(_FETCHED) for relation in self.main_relations.values())


def _relation(item: Element, folder: str) -> Relation:
    target = item.get("Target", "")
    external = item.get("TargetMode") == "External"
    inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(item.get("Type", ""), target if external else inside, external)
