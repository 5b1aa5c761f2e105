"""The files in which records are taken away."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.exports.bibtex import write_bibtex
from publications.exports.citing import STYLES, cite
from publications.exports.csl import Item
from publications.exports.datacite import write_datacite
from publications.exports.dublin import write_dublin
from publications.exports.linked import json_ld
from publications.exports.ris import write_ris

#: As many records as one file takes.
MOST = 500


@dataclass(frozen=True)
class Format:
    """A format: how it is called, what it is for, its media type and the end of the file's name."""

    code: str
    name: str | Promise
    purpose: str | Promise
    media: str
    extension: str
    write: Callable[[Sequence[Item]], str]
    most: int = MOST


def write_csl(items: Sequence[Item]) -> str:
    """Return a list of CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=1)


def write_json_ld(items: Sequence[Item]) -> str:
    """Return one thing of schema.org, or a graph of them."""
    made = [json_ld(item) for item in items]
    whole = made[0] if len(made) == 1 else {"@context": "https://schema.org", "@graph": made}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def write_text(items: Sequence[Item]) -> str:
    """Return the citations as plain text: each style for one record, a list in APA and in ABNT for many, in the alphabet's order."""
    if len(items) == 1:
        return "".join(f"{name}\n{cite(items[0], style).text}\n\n" for style, name in STYLES.items())
    parts = []
    for style in ("apa", "abnt"):
        lines = sorted((cite(item, style).text for item in items), key=str.casefold)
        parts.append(f"{STYLES[style]}\n\n" + "\n\n".join(lines) + "\n")
    return "\n".join(parts)


FORMATS = {
    one.code: one
    for one in (
        Format("bibtex", "BibTeX", _("LaTeX, JabRef, BibDesk"), "application/x-bibtex", "bib", write_bibtex),
        Format("ris", "RIS", _("Zotero, Mendeley, EndNote"), "application/x-research-info-systems", "ris", write_ris),
        Format(
            "csl",
            "CSL-JSON",
            _("Zotero, Pandoc, and back into a library like this"),
            "application/vnd.citationstyles.csl+json",
            "json",
            write_csl,
        ),
        Format("datacite", "DataCite 4.7", _("repositories and registries of DOIs"), "application/xml", "datacite.xml", write_datacite),
        Format("dublin-core", "Dublin Core", _("catalogues of libraries"), "application/xml", "dc.xml", write_dublin),
        Format("json-ld", "schema.org", _("search engines"), "application/ld+json", "jsonld", write_json_ld),
        Format("text", _("Plain text"), _("citations to paste anywhere"), "text/plain", "txt", write_text, most=150),
    )
}
