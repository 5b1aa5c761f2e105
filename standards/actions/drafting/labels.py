"""Numbers of clauses: assigned once, never reused for another clause."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError
from red_mpe.core.text import clean_line
from standards.actions.texts import label_is_reserved
from standards.models import Clause, ClauseText, Version

LONGEST = 24


def taken_labels(version: Version, clause: Clause | None = None) -> set[str]:
    """Return the labels that `clause` (None: a new one) may not get: those of this version, and of others in frozen versions."""
    texts = ClauseText.objects.filter(version__framework=version.framework_id)
    mine = texts.none() if clause is None else texts.filter(clause=clause)
    frozen = texts.filter(version__frozen_at__isnull=False).exclude(clause=clause)
    here = texts.filter(version=version).exclude(pk__in=mine.values("pk"))
    return {label.casefold() for label in frozen.values_list("label", flat=True).union(here.values_list("label", flat=True), all=True)}


def next_label(version: Version, parent: str) -> str:
    """Return the number after the highest one ever given under the clause called `parent` (empty: at the top)."""
    start = f"{parent.casefold()}." if parent else ""
    sign = re.compile(re.escape(start) + r"(\d{1,9})(?:\.|$)")
    numbers = [int(found.group(1)) for label in taken_labels(version) if (found := sign.match(label))]
    label = f"{parent}." * bool(parent) + str(max(numbers, default=0) + 1)
    if len(label) > LONGEST:
        raise DomainError(_("The number %(label)s would be too long. Choose a higher place for the clause.") % {"label": label})
    return label


def refuse_label(version: Version, label: str, clause: Clause | None = None) -> str:
    """Return the tidied label; refuse one that cannot stand in an address or that belongs to another clause."""
    label = clean_line(label)
    if label_is_reserved(label) or len(label) > LONGEST:
        raise DomainError(_("These numbers cannot stand in an address: %(labels)s.") % {"labels": label})
    if label.casefold() in taken_labels(version, clause):
        words = _("The number %(label)s has been given to another clause, here or in a version that is frozen. A number is given once.")
        raise DomainError(words % {"label": label})
    return label


def renumbered(labels: dict[int, str], top: int, label: str, under: Iterable[int]) -> dict[int, str]:
    """Return new labels for a moved clause and for what stands under it: what began with its old number begins with the new one.

    `label` comes from `next_label`, so that nothing ever began with it.
    """
    old = f"{labels[top]}."
    new = {top: label} | {key: f"{label}.{labels[key][len(old) :]}" for key in under if labels[key].startswith(old)}
    if too_long := next((each for each in new.values() if len(each) > LONGEST), None):
        raise DomainError(_("The number %(label)s would be too long. Choose a higher place for the clause.") % {"label": too_long})
    return new
