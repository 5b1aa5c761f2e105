"""Office files are archives: written anew without dates and without anybody's name in their properties."""

import io
import zipfile
from collections.abc import Mapping

CORE = "docProps/core.xml"
NOTHING_SAID = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_FIRST = "[Content_Types].xml"
_DATE = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes, instead: Mapping[str, str | bytes] | None = None, *, without: frozenset[str] = frozenset()) -> bytes:
    """Return the archive with one date for all members and empty properties; the same content gives the same bytes.

    `instead` replaces members by name, `without` leaves some out.
    """
    other = {CORE: NOTHING_SAID, **(instead or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(set(old.namelist()) - without, key=lambda name: (name != _FIRST, name)):
            new.writestr(zipfile.ZipInfo(name, _DATE), other.get(name) or old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
