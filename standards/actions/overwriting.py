"""Nobody saves over words they have not seen: what a form showed is compared with what stands."""

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError

Shown = Mapping[str, str]
_LENGTH = 32  # hexadecimal digits


class OverwrittenError(DomainError):
    """Somebody else saved first: `theirs` stand now, under `mark`; `mine` are not lost and not saved."""

    def __init__(self, theirs: Shown, mine: Shown, mark: str | int) -> None:
        self.theirs, self.mine, self.mark = theirs, mine, mark
        super().__init__(_("Somebody else saved this in the meantime. Both texts stand here: put together what should hold and save it."))


def mark_of(shown: Shown) -> str:
    """Name what a form shows, by its fields: the name is another one as soon as one of them is."""
    return hashlib.sha256(json.dumps(dict(shown), sort_keys=True).encode()).hexdigest()[:_LENGTH]


def refuse_overwriting(theirs: Shown, mine: Shown, seen: str | None) -> None:
    """Raise OverwrittenError where `theirs`, which stand now, are not what the form showed under the mark `seen`.

    Saving what stands already overwrites nothing: a form sent twice is saved once. Where no form was shown (None) the caller
    answers for it. The caller has locked the row.
    """
    if seen is not None and dict(theirs) != dict(mine) and mark_of(theirs) != seen:
        raise OverwrittenError(theirs, mine, mark_of(theirs))
