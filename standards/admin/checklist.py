"""What must hold before a round is announced, said as a list with what to do; and how many people will be told."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.models import Preference, Subscription
from standards.admin.base import listing
from standards.models import ClauseText, Consultation
from standards.notifications.consultation import round_topics
from standards.states import ANNOUNCE_ROUND

ANNOUNCED = "standards.round_announced"


@dataclass(frozen=True)
class Check:
    """One guard as the list shows it: what must hold, what is missing of it, what to do and where."""

    title: str | Promise
    missing: list[str]
    advice: str | Promise
    url: str


def _version(consultation: Any) -> str:
    return reverse("admin:standards_version_change", args=[consultation.version_id])


def _round(consultation: Any) -> str:
    return reverse("admin:standards_consultation_change", args=[consultation.pk])


def _clauses(consultation: Any) -> str:
    return listing(ClauseText, version__id__exact=consultation.version_id)


#: For each guard: what must hold, what to do while it does not, and where that is done.
ADVICE: dict[str, tuple[str | Promise, str | Promise, Callable[[Any], str]]] = {
    "is_public": (_("Framework and version are public"), _("Tick “public” on the framework and on its version."), _version),
    "no_other_round_is_live": (
        _("No other round of the framework is on"),
        _("Wait until the other round has closed; then announce this one."),
        lambda consultation: listing(Consultation, framework__id__exact=consultation.framework_id),
    ),
    "has_texts": (_("The version has clauses"), _("Import a document, or add the clauses by hand."), _version),
    "requirements_are_complete": (
        _("Every requirement has its text and its plain words"),
        _("Write what is missing in the authentic language."),
        _clauses,
    ),
    "languages_are_reviewed": (
        _("Every required language is reviewed"),
        _("Read the translations, then mark the language as reviewed on the version."),
        _version,
    ),
    "round_is_long_enough": (_("The round lasts long enough"), _("Choose a later closing date."), _round),
    "announced_early_enough": (_("People hear of it early enough"), _("Choose a later opening date."), _round),
    "targets_are_set": (_("The round says whom it wants to hear"), _("Write how many people of each chamber it wants to hear."), _round),
}


def checks(consultation: Any) -> list[Check]:
    """Return every guard of announcing `consultation`, in the order of the table of moves."""
    found = []
    for guard in ANNOUNCE_ROUND.guards:
        title, advice, url = ADVICE[guard.__name__]  # type: ignore[attr-defined]
        found.append(Check(title, [str(words) for words in guard(consultation)], advice, url(consultation)))
    return found


def reach(consultation: Any) -> dict[str, int]:
    """Return how many people the announcement reaches: by mail at once, in a digest, in the inbox only."""
    kind, entry = registry.get(ANNOUNCED), AuditEntry(verb=ANNOUNCED, target_id=consultation.pk)
    people = set(kind.audience(entry)) - set(Subscription.objects.mutes(round_topics(entry)))
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    counts = Counter(str(frequency) for frequency in Preference.objects.chosen(active, [kind.category]).values())
    return {"at_once": counts["instant"], "digest": counts["daily"] + counts["weekly"], "inbox": counts["none"], "all": len(active)}
