"""States move by a table, and only through `apply`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Check = Callable[[Any], Iterable[Words]]


class DomainError(Exception):
    """A refusal with words for the person who asked, in their language."""

    def __init__(self, message: Words) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class StaleState(DomainError):
    """Someone was faster: the thing is no longer where the move starts from."""

    def __init__(self) -> None:
        super().__init__(_("Someone was faster: this has changed in the meantime. Nothing was done; look at it again."))


class GuardsUnmet(DomainError):
    """The move is not possible yet; `unmet` names everything that is missing."""

    def __init__(self, unmet: list[Words]) -> None:
        self.unmet = unmet
        super().__init__(_("Not yet: %(missing)s") % {"missing": " · ".join(str(words) for words in unmet)})


@dataclass(frozen=True)
class Guard:
    """What must hold before a move, as a check-list shows it: its name, what to do while it does not hold, and where.

    `check` yields words for everything that is missing; `remarks` for what is worth knowing and holds nothing up. `place` names
    the page where it is put right, in the words of whoever draws the list.
    """

    check: Check
    label: Words
    advice: Words = ""
    place: str = ""
    remarks: Check | None = None

    @property
    def name(self) -> str:
        """How the code calls it."""
        return self.check.__name__

    def __call__(self, thing: Any) -> Iterable[Words]:
        return self.check(thing)


def guard(label: Words, advice: Words = "", place: str = "", remarks: Check | None = None) -> Callable[[Check], Guard]:
    """Make a guard of the function below."""
    return lambda check: Guard(check, label, advice, place, remarks)


@dataclass(frozen=True)
class Finding:
    """What a guard says of a thing: everything that is missing, and what is worth knowing besides."""

    guard: Guard
    missing: list[Words]
    remarks: list[Words]

    @property
    def holds(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Move:
    """One way from some states to another: who may, and what must hold before."""

    sources: frozenset[str]
    target: str
    permission: str
    guards: tuple[Check, ...] = field(default=())


def unmet(thing: models.Model, move: Move) -> list[Words]:
    """Return every reason why `thing` cannot make `move` yet; empty means it can."""
    return [words for guard in move.guards for words in guard(thing)]


def findings(thing: Any, move: Move) -> list[Finding]:
    """Return what every guard of `move` says of `thing`, in the order of the table."""
    known = [check if isinstance(check, Guard) else Guard(check, check.__doc__ or "") for check in move.guards]
    return [Finding(one, list(one(thing)), list(one.remarks(thing)) if one.remarks else []) for one in known]


def can_start(thing: Any, move: Move, state_field: str = "state") -> bool:
    """Tell whether `thing` stands where `move` starts."""
    return getattr(thing, state_field) in move.sources


def apply(thing: models.Model, move: Move, *, state_field: str = "state", **changes: Any) -> None:
    """Move `thing` with one conditional UPDATE, writing `changes` along.

    Refused with GuardsUnmet while a guard does not hold, with StaleState when another was faster. The caller has asked
    for the permission and has opened the transaction.
    """
    if missing := unmet(thing, move):
        raise GuardsUnmet(missing)
    rows = type(thing)._default_manager.filter(pk=thing.pk, **{f"{state_field}__in": move.sources})
    if not rows.update(**{state_field: move.target}, **changes):
        raise StaleState
    thing.refresh_from_db(fields=[state_field, *changes])
