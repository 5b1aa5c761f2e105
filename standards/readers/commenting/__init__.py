"""The commenting form of ISO, read from Word, Excel or CSV into plain rows. What a file is, is told by its content."""

from standards.readers.commenting.columns import COLUMNS, HEADINGS, Form, FormRow, known_kind
from standards.readers.commenting.door import FORM_LIMIT, ROW_LIMIT, read_form

__all__ = ["COLUMNS", "FORM_LIMIT", "HEADINGS", "ROW_LIMIT", "Form", "FormRow", "known_kind", "read_form"]
