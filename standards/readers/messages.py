"""The sentences people read when a document is refused or read with reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REFUSALS: dict[str, _StrPromise] = {
    "empty_file": _("The file is empty. Nothing was read; choose the document again."),
    "file_too_large": _("The file weighs more than %(limit)s MB. Nothing was read; remove its images and try again."),
    "not_a_document": _("The file is neither a Word document nor text. Nothing was read; save it as DOCX or Markdown."),
    "old_word": _("This is an old Word file (.doc). Nothing was read; open it and save it as DOCX."),
    "encrypted": _("The document is protected by a password. Nothing was read; remove the password and try again."),
    "pdf": _("This is a PDF, which does not keep the structure of the text. Nothing was read; use the DOCX it was made from."),
    "rtf": _("This is an RTF file. Nothing was read; open it and save it as DOCX."),
    "html": _("This is a web page. Nothing was read; save the text as DOCX or Markdown."),
    "open_document": _("This is an OpenDocument file. Nothing was read; open it and save it as DOCX."),
    "other_archive": _("The file is an archive, but not a Word document. Nothing was read; choose the DOCX itself."),
    "damaged_archive": _(
        "The document is damaged and cannot be opened. Nothing was read; open it in Word or LibreOffice and save it again."
    ),
    "archive_bomb": _("The document would grow out of all measure when opened. Nothing was read; save it again without attachments."),
    "unsafe_xml": _(
        "The document declares entities of its own, which could be an attack. Nothing was read; save it again in Word or LibreOffice."
    ),
    "damaged_document": _(
        "A piece of the document (%(part)s) is damaged. Nothing was read; open it in Word or LibreOffice and save it again."
    ),
    "too_many_paragraphs": _("The document has more than %(limit)s paragraphs. Nothing was read; split it."),
    "not_a_form": _(
        "The file is none of the three that a commenting form can be: Word (.docx), Excel (.xlsx) or CSV. "
        "Nothing was read; save it as one of them."
    ),
    "macros": _("The file carries macros. Nothing was read; save it as an ordinary .docx or .xlsx, without macros."),
    "form_too_large": _("The file weighs more than %(limit)s MB. Nothing was read; take out pictures, or split the form."),
    "no_headings": _(
        "None of the tables in the file has the headings of the commenting form. Nothing was read; download the empty form and fill it in."
    ),
    "too_many_rows": _("The form has more than %(limit)s rows. Nothing was read; split it into several files."),
    "form_encoding": _(
        "The letters of this file cannot be told: it is neither UTF-8, UTF-16 nor Windows text. Nothing was read; save it as CSV UTF-8."
    ),
    "damaged_form": _("The table is damaged and cannot be read. Nothing was read; open it, save it again and try once more."),
    "too_complex": _("The document is nested too deeply. Nothing was read; simplify its tables and boxes."),
}

PROBLEMS: dict[str, _StrPromise] = {
    "no_entries": _("No numbered clause was found. The text was kept as an introduction; number the clauses or give them heading styles."),
    "heading_without_number": _("This heading has no number. It was kept as a part with the label %(label)s; number it if it is a clause."),
    "heading_kept_in_text": _("This heading has no number. It was kept inside the text of %(label)s; number it if it is a clause."),
    "doubtful_number": _(
        "This paragraph begins with a number that does not look like a label. It was kept as text; put a full stop after it if it is one."
    ),
    "duplicate_label": _("The label %(label)s appears more than once. This one was kept as %(kept)s; correct the numbering."),
    "missing_parent": _(
        "The clause %(label)s has no clause %(parent)s above it. It was kept one level higher; add what is missing or correct it."
    ),
    "too_deep": _("The clause %(label)s lies deeper than the levels we know. It was kept as a sub-requirement; check its level."),
    "empty_entry": _("The number %(label)s has no text. It was left out; write its text or remove the number."),
    "beside_left_out": _(
        "This is a document of the platform: what stands beside its clauses (plain words, facts) was left "
        "out. It is kept where it was written."
    ),
    "image_dropped": _("An image was left out; the text around it was kept. Describe it in words or publish it in the library."),
    "text_box": _("A text box was read as an ordinary paragraph at this point. Check that it stands in the right place."),
    "tracked_changes": _(
        "The document has tracked changes. It was read as if all were accepted; accept or reject them and import it again if that is wrong."
    ),
    "macros_ignored": _("The document has macros. They were ignored and only the text was read; save it as DOCX without macros."),
    "external_content": _("The document points to content on other computers. It was not fetched; put that content in the document."),
    "link_dropped": _(
        "A link was left out because it is not a web or mail address; its words were kept. Correct the address if it matters."
    ),
    "embedded_document": _("Another document is embedded here. It was left out; paste its text into this one."),
    "formula": _("A formula was read as plain characters. Check it, or write it in words."),
    "symbol_dropped": _("A character of a symbol font was left out. Write it in an ordinary font."),
    "hidden_text": _("Hidden text was left out. Show it and import again if it belongs to the document."),
    "number_format": _("The numbers of this list use a format we do not know (%(format)s). They were read as 1, 2, 3; check the labels."),
    "numbering_missing": _(
        "This paragraph belongs to a list that the document does not define. It was kept without a number; number it again."
    ),
    "table_unrolled": _("This table holds numbered clauses. Each row was read as a clause; check the texts."),
    "nested_table": _("A table inside a table was read as plain lines. Take it out if its columns matter."),
    "encoding_guessed": _("The text is not in UTF-8. It was read as Windows Western European; check accents, and save it as UTF-8."),
    "control_characters": _("Invisible control characters were removed; the text was kept. Check that it reads in the right order."),
    "combining_marks": _("A heap of combining marks was cut; the letters were kept. Check this line."),
    "form_formula": _("A formula was read as the words that it is written with, and not worked out. Check this row."),
    "form_encoding_guessed": _("The file is not in UTF-8. It was read as Windows Western European; check accents before you send."),
    "html_in_text": _("The text has HTML tags. They were kept as they are and will be shown as text or removed; write Markdown instead."),
}
