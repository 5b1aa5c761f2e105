"""The commenting form of ISO, written: empty with the labels of the clauses, or filled with what everybody may read of a round."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from red_mpe.core.locale import COLUMN, column_language
from red_mpe.core.sheets import CSV, XLSX, Sheet, csv_bytes, xlsx
from red_mpe.core.sheets.archives import repacked
from red_mpe.core.text import clean
from standards.enums import PUBLIC_ANSWERS, CommentKind, CommentState, Disposition, ShownAs
from standards.exports.word import DOCX, add_beside, new_document, repeat_head
from standards.models import Comment, Consultation
from standards.readers.commenting import HEADINGS

Row = Sequence[str]
_WIDTHS = (16, 8, 12, 14, 11, 50, 50, 40)  # characters
_TWIPS = 15_100  # width of a landscape page between its margins
_MAIN = "word/document.xml"
_SPARE = 40  # rows at the end of an empty form, for whoever has more to say


def empty_rows(consultation: Consultation) -> Iterator[Row]:
    """Give a row for the text in general and one a clause, with its label and nothing else."""
    yield _labelled(_("General"))
    for label in consultation.version.texts.order_by("position").values_list("label", flat=True):
        yield _labelled(label)


def _labelled(label: str) -> Row:
    return ("", "", label, "", "", "", "", "")


def filled_rows(consultation: Consultation, user: Any) -> Iterator[Row]:
    """Give the comments of a round that `user` may read, clause by clause: what is shown of each to everybody, and no more."""
    rows = Comment.objects.visible_to(user).filter(consultation=consultation, parent=None, state=CommentState.SENT)
    general = _("General")
    dispositions = {value: str(words) for value, words in Disposition.choices}
    for row in rows.order_by("clause_text__position", "serial").values(*_READ).iterator(1000):
        yield (
            f"{_side(row)} {row['code']}".strip(),
            "",
            row["clause_text__label"] or general,
            "",
            row["kind"],
            clean(row["body"]),
            clean(row["proposed"]),
            _observation(row, dispositions),
        )


_READ = (
    *("code", "kind", "body", "proposed", "shown_as", "country", "chamber__code", "persona__pseudonym", "clause_text__label"),
    *("answer__state", "answer__disposition", "answer__duplicate_of__code"),
    *(f"answer__reason_{code}" for code in COLUMN.values()),
)


def _side(row: dict[str, Any]) -> str:
    """Return the side as the page shows it: country and chamber where both are shown, the chamber alone otherwise."""
    chamber = row["chamber__code"]
    if row["shown_as"] == ShownAs.ORGANISATION:
        return f"{row['country']}-{chamber}"
    if row["shown_as"] == ShownAs.PSEUDONYM:
        return str(row["persona__pseudonym"].rpartition("-")[0] or chamber)  # it leaves out the country of few
    return str(chamber)


def _observation(row: dict[str, Any], dispositions: dict[str, str]) -> str:
    """Return the published answer: its code, its name and the reason."""
    if row["answer__state"] not in PUBLIC_ANSWERS:
        return ""
    code = row["answer__disposition"]
    reasons = (row[f"answer__reason_{name}"] for name in (column_language(), *COLUMN.values()))
    words = [f"{code} {dispositions.get(code, '')}".strip(), row["answer__duplicate_of__code"], next(filter(None, reasons), "")]
    return ". ".join(filter(None, words))


def write_xlsx(rows: Iterable[Row], *, title: str, language: str, spare: int = 0) -> bytes:
    """Return the form as a workbook; formulas are inert, and typed labels stay as typed."""
    lines = [*rows, *[_labelled("")] * spare]
    sheet = Sheet(title, HEADINGS[COLUMN[language]], lines, _WIDTHS, written=True, choices={5: [str(kind) for kind in CommentKind.values]})
    return xlsx([sheet])


def write_csv(rows: Iterable[Row], *, title: str, language: str, spare: int = 0) -> bytes:
    """Return the form as CSV."""
    return csv_bytes(HEADINGS[COLUMN[language]], rows)


def write_docx(rows: Iterable[Row], *, title: str, language: str, spare: int = 0) -> bytes:
    """Return the form as a Word document: landscape A4, the headings repeated on each page.

    The rows are written as they are spelled in the file: 5,000 of them through python-docx would take minutes.
    """
    document = new_document(title=title, lang=COLUMN[language], landscape=True)
    with override(language):
        add_beside(
            document,
            _("Type of comment: ge general, te technical, ed editorial, qu question. Technical and editorial ones need a proposed change."),
        )
    table: Any = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, HEADINGS[COLUMN[language]], strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    repeat_head(table)
    out = io.BytesIO()
    document.save(out)
    lines = [*rows, *[_labelled("")] * spare]
    return repacked(out.getvalue(), {_MAIN: _with_rows(out.getvalue(), lines)})


def _with_rows(data: bytes, rows: Iterable[Row]) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read(_MAIN).decode()
    before, end, after = main.rpartition("</w:tbl>")
    return "".join([before, *(_row(row) for row in rows), end, after])


_UNIT = _TWIPS / sum(_WIDTHS)


def _row(row: Row) -> str:
    cells = (_cell(words, int(width * _UNIT)) for words, width in zip(row, _WIDTHS, strict=True))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(words: str, width: int) -> str:
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{look}<w:p>{_run(words) if words else ''}</w:p></w:tc>"


def _run(words: str) -> str:
    lines = ("<w:tab/>".join(_piece(piece) for piece in line.split("\t")) for line in words.split("\n"))
    return f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr>{"<w:br/>".join(lines)}</w:r>'


def _piece(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else ""


@dataclass(frozen=True)
class FormFormat:
    """A format of the form: its name for people, how browsers call it, and who writes it."""

    code: str
    name: str
    kind: str
    write: Callable[..., bytes]


FORM_FORMATS = {
    format.code: format
    for format in (
        FormFormat("docx", "Word (DOCX)", DOCX, write_docx),
        FormFormat("xlsx", "Excel (XLSX)", XLSX, write_xlsx),
        FormFormat("csv", "CSV", CSV, write_csv),
    )
}


def write_form(consultation: Consultation, *, format: FormFormat, language: str, filled_for: Any | None = None) -> bytes:
    """Return the form of a round in `language` (es, en, pt-br): empty, or filled with what `filled_for` may read."""
    with override(language):
        title = _("Comments, round %(number)s") % {"number": consultation.number}
        rows = empty_rows(consultation) if filled_for is None else filled_rows(consultation, filled_for)
        return format.write(rows, title=title, language=language, spare=_SPARE if filled_for is None else 0)


def form_name(consultation: Consultation, what: str, language: str, format: FormFormat) -> str:
    """Return a safe name of the file: `mpe-responsable-r1-form-es.docx`."""
    return f"{consultation.framework.slug}-r{consultation.number}-{what}-{language}.{format.code}"
