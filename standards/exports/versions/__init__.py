"""A version of a framework as a document to take away, in each of the formats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from red_mpe.core.locale import COLUMN
from standards.exports.store import kept
from standards.exports.versions.data import write_json
from standards.exports.versions.marks import write_markdown
from standards.exports.versions.page import write_html
from standards.exports.versions.paper import write_pdf
from standards.exports.versions.words import write_docx
from standards.exports.word import DOCX
from standards.querysets.documents import read_record, read_version

#: Counts on with every change of a writer: a kept file of another edition is not given out any more.
EDITION = 1
ALL = "all"


@dataclass(frozen=True)
class Format:
    """A format: its name for people, what it is good for, how browsers call it, and who writes it from plain values."""

    code: str
    name: str
    purpose: str | Promise
    kind: str
    write: Callable[[Any], bytes]
    languages: tuple[str, ...] = tuple(COLUMN)


FORMATS = {
    format.code: format
    for format in (
        Format("pdf", "PDF", _("to read and to print; tagged, with bookmarks"), "application/pdf", write_pdf),
        Format("docx", "Word (DOCX)", _("to work on the text"), DOCX, write_docx),
        Format("html", "HTML", _("one page that opens anywhere, without connection"), "text/html; charset=utf-8", write_html),
        Format("md", "Markdown", _("plain text with headings"), "text/markdown; charset=utf-8", write_markdown),
        Format("json", "JSON", _("everything, in all languages, for machines"), "application/json", write_json, (ALL,)),
    )
}


def write_version(version: Any, *, language: str, format: Format) -> tuple[bytes, str]:
    """Return the file of a version in `language` (es, en, pt-br, or `all`) and the fingerprint of what it was made of.

    A frozen version's file is kept on disk and written once; of a draft nothing is kept. Raises PressError.
    """
    plain = _plain(version, language)
    return kept(plain, sha256=version.sha256, name=f"{language}.{format.code}", edition=EDITION, make=format.write)


def _plain(version: Any, language: str) -> Any:
    if language == ALL:
        return read_record(version)
    with override(language):
        return read_version(version).plain() | {"words": _words(), "language": language}


def _words() -> dict[str, str]:
    """The words of ours that stand in a document."""
    from django.utils.translation import gettext as _

    return {
        "contents": _("Contents"),
        "introduction": _("Introduction"),
        "plain": _("In plain words."),
        "errata": _("Errata"),
        "missing": _("not translated yet; this is the original"),
        "stale": _("The original has changed since this translation."),
        "annex": str(_("Annex")),
        "part": str(_("Part")),
    }


def file_name(version: Any, language: str, format: Format) -> str:
    """Return a name that is safe on every system: `mpe-responsable-0.2-es.pdf`."""
    return f"{slugify(version.framework.slug)}-{version.number}-{language}.{format.code}"
