"""Other people's words: a clause taken from a source whose licence forbids adaptation names it, and says nothing of its own."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.locale import COLUMN
from red_mpe.core.states import Words, guard
from standards.states.guards.changes import named, newest_version, texts_of

_SAID = tuple(f"{word}_{column}__gt" for word in ("text", "plain", "intent", "guidance", "verification") for column in COLUMN.values())
_LABEL = gettext_lazy("No clause is taken from a source that may not be adapted")
_ADVICE = gettext_lazy("Write the clause anew, or refer to the source by its code and title only.")


def unlicensed(version: Any) -> list[str]:
    """Return the labels of clauses whose source may not be adapted and that say more than a title."""
    if not any(row["forbids_adaptation"] for row in texts_of(version)):
        return []
    says = Q()
    for column in _SAID:
        says |= Q(**{column: ""})
    return list(version.texts.filter(says, forbids_adaptation=True).order_by("position").values_list("label", flat=True))


def _told(version: Any) -> Iterable[Words]:
    if labels := unlicensed(version):
        yield _("Taken from a source that may not be adapted: %(labels)s.") % {"labels": named(labels)}


@guard(_LABEL, _ADVICE, "text")
def sources_may_be_adapted(consultation: Any) -> Iterable[Words]:
    """Nothing is put to a round that its source does not allow."""
    yield from _told(consultation.version)


@guard(_LABEL, _ADVICE, "text")
def final_sources_may_be_adapted(framework: Any) -> Iterable[Words]:
    """The same for the version that becomes the final draft."""
    version = newest_version(framework)
    if version is not None:
        yield from _told(version)
