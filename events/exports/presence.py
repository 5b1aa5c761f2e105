"""Who was at an event, as a table for spreadsheets."""

import csv
import io
import re
from typing import Any, Final

from django.utils.translation import gettext as _

from events.querysets.day import attendance_rows

_BOM: Final = "\ufeff"  # without it spreadsheets misread the accents
#: What a spreadsheet would take for a formula.
_DANGER: Final = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def presence_csv(event: Any) -> str:
    """Return one line for each person and session, the first noted first; words that look like a formula are made inert."""
    out = io.StringIO()
    out.write(_BOM)
    table = csv.writer(out)
    table.writerow([_("Code"), _("Name"), _("Organisation"), _("Session"), _("How"), _("Known by"), _("At"), _("Noted by")])
    for row in reversed(attendance_rows(event)):
        at = row.at.astimezone(event.zone).isoformat(sep=" ", timespec="minutes")
        words = (row.code, row.name, row.organisation, row.session, row.mode, row.seen, at, row.by)
        table.writerow([f"'{text}" if _DANGER.match(text) else text for text in words])
    return out.getvalue()
