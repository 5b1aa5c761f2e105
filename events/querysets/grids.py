"""One day of an agenda as a table: a row for every hour at which something begins or ends, a column for every room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from events.querysets.sessions import SessionRow
from members.models.texts import Told


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the table: a session over so many rows and columns, or nothing."""

    row: SessionRow | None = None
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: the hour at which it begins, and the fields that begin there."""

    hour: str
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: a room and how many it holds, where that is known; without a name it is of sessions without a room."""

    name: Told
    seats: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of a day: the heads of its columns, and its lines."""

    rooms: list[Head]
    lines: list[Line]


Column = tuple[int | None, int]  # a room, or the first, second … column of what has none


def grid_of(rows: list[SessionRow], zone: Any) -> Grid:
    """Return the sessions of one day as a table, by the clock of `zone`.

    What has no room and overlaps nothing stands across all rooms; other sessions without a room stand in columns of their own.
    """
    marks = sorted({moment for row in rows for moment in (row.starts_at, row.ends_at)})
    wide = [row for row in rows if row.room_id is None and not _beside(row, rows)]
    placed: dict[int, Column] = {row.pk: (row.room_id, 0) for row in rows if row.room_id is not None}
    placed |= _lanes(row for row in rows if row.room_id is None and row not in wide)
    columns: list[Column] = sorted(set(placed.values()), key=lambda column: _place(column, rows)) or [(None, 0)]
    at = {(placed[row.pk], row.starts_at): row for row in rows if row.pk in placed}
    table = _Table(marks, columns, at, {row.starts_at: row for row in wide})
    return Grid(
        [_head(column, rows) for column in columns], [Line(f"{mark.astimezone(zone):%H:%M}", table.line(mark)) for mark in marks[:-1]]
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What the lines are drawn from."""

    marks: list[datetime]
    columns: list[Column]
    at: dict[tuple[Column, datetime], SessionRow]
    wide: dict[datetime, SessionRow]

    def line(self, mark: datetime) -> list[Cell]:
        """Return the fields that begin at an hour."""
        if mark in self.wide:
            return [Cell(self.wide[mark], across=len(self.columns))]
        return [cell for column in self.columns if (cell := self._cell(column, mark)) is not None]

    def _cell(self, column: Column, mark: datetime) -> Cell | None:
        if row := self.at.get((column, mark)):
            return Cell(row, self._down(row))
        taken = any(where == column and row.starts_at < mark < row.ends_at for (where, _start), row in self.at.items())
        return None if taken else Cell()

    def _down(self, row: SessionRow) -> int:
        return self.marks.index(row.ends_at) - self.marks.index(row.starts_at)


def _beside(row: SessionRow, rows: list[SessionRow]) -> bool:
    return any(other.pk != row.pk and other.starts_at < row.ends_at and row.starts_at < other.ends_at for other in rows)


def _lanes(rows: Iterable[SessionRow]) -> dict[int, Column]:
    """Return for each session without a room the first column in which nothing else goes on."""
    ends: list[datetime] = []
    placed: dict[int, Column] = {}
    for row in sorted(rows, key=lambda row: row.starts_at):
        lane = next((number for number, end in enumerate(ends) if end <= row.starts_at), len(ends))
        ends[lane : lane + 1] = [row.ends_at]
        placed[row.pk] = (None, lane)
    return placed


def _place(column: Column, rows: list[SessionRow]) -> tuple[bool, int, int, int]:
    """Return by what columns are put in order: rooms as they are numbered, then what has none."""
    room, lane = column
    return room is None, next((row.room_place for row in rows if row.room_id == room), 0), room or 0, lane


def _head(column: Column, rows: list[SessionRow]) -> Head:
    heads = (Head(row.room, row.room_seats) for row in rows if row.room_id is not None and row.room_id == column[0])
    return next(heads, Head(Told("", "", ""), None))
