"""What a group has resolved and taken upon itself, to take away: a table for a spreadsheet, and plain words in Markdown."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from events.querysets.minuted import ResolutionRow, TaskRow

#: With these a cell would be a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MARKS: Final = "\\`*_{}[]<>#+-!|"


def inert(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.lstrip().startswith(_FORMULA) or words.startswith(_FORMULA) else words


def table(resolutions: Iterable[ResolutionRow], tasks: Iterable[TaskRow], meetings: dict[int, Any]) -> bytes:
    """Return a CSV with every decision, agreement and task: the meeting, the number, the words; of tasks also who, until when, state."""
    out = io.StringIO()
    pen = csv.writer(out)
    pen.writerow([_("Meeting"), _("Day"), _("Kind"), _("Number"), _("Text"), _("Who"), _("Until"), _("State")])
    for row in resolutions:
        pen.writerow(_cells(meetings[row.minutes], row.label, row.code, row.text.text, "", "", ""))
    for task in tasks:
        day = task.due_on.isoformat() if task.due_on else ""
        pen.writerow(_cells(meetings[task.minutes], _("Task"), task.code, task.text.text, task.who, day, task.standing))
    return ("\ufeff" + out.getvalue()).encode()


def _cells(meeting: Any, *words: str) -> list[str]:
    return [inert(meeting.title.text), meeting.day, *(inert(one) for one in words)]


def words(title: str, resolutions: Iterable[ResolutionRow], tasks: Iterable[TaskRow], meetings: dict[int, Any]) -> bytes:
    """Return the same as Markdown, meeting by meeting; signs that mean something there are escaped."""
    parts: dict[int, list[str]] = {key: [] for key in meetings}
    for row in resolutions:
        parts[row.minutes].append(f"- **{row.code}** {_plain(row.text.text)}")
    for task in tasks:
        until = f" · {task.due}" if task.due else ""
        parts[task.minutes].append(f"- **{task.code}** {_plain(task.text.text)} ({_plain(task.who)}{until}; {task.standing})")
    return "\n".join(_document(title, parts, meetings)).encode()


def _document(title: str, parts: dict[int, list[str]], meetings: dict[int, Any]) -> Iterator[str]:
    yield f"# {_plain(title)}"
    for key, lines in parts.items():
        if lines:
            yield f"\n## {_plain(meetings[key].title.text)} · {meetings[key].day}\n"
            yield from lines
    yield ""


def _plain(text: str) -> str:
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in line)
