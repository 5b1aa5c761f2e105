"""What changed between versions, as far as guards need it: it is read from the change log."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.states import Words, guard
from standards.enums import PUBLIC_ANSWERS, ChangeKind, Level, RoundState
from standards.states.looking import once_a_look

#: Changes that people have to have been asked about.
SUBSTANTIVE = (ChangeKind.NEW, ChangeKind.SUBSTANTIVE, ChangeKind.RETIRED)
REQUIREMENTS = (Level.REQUIREMENT, Level.SUB_REQUIREMENT)
_NAMED = 12
_FACTS = ("level", "verbal_form", "requirement_class", "deadline_months")


@once_a_look
def versions_of(framework: Any) -> list[Any]:
    """Return the versions of a framework, the newest first, each with the one before it."""
    found = {version.pk: version for version in framework.versions.order_by("-pk")}
    for version in found.values():
        version.framework = framework
        if version.previous_id in found:
            version.previous = found[version.previous_id]
    return list(found.values())


@once_a_look
def rounds_of(framework: Any) -> list[Any]:
    """Return the rounds of a framework in their order, each with its version and `published_at` of its synopsis."""
    rounds = framework.rounds.select_related("version").annotate(published_at=F("synopsis__published_at"))
    found = list(rounds.order_by("number"))
    for consultation in found:
        consultation.framework = consultation.version.framework = framework
    return found


@once_a_look
def texts_of(version: Any) -> list[dict[str, Any]]:
    """Return what guards read of the clauses of a version, in order of reading, with the words of the authentic language."""
    language = version.framework.authentic_language
    names = ("clause", "label", *(f"{word}_{language}" for word in ("title", "text", "plain")), *_FACTS, "forbids_adaptation")
    return list(version.texts.order_by("position").values(*names))


def newest_version(framework: Any) -> Any | None:
    """Return the version that the framework is at now."""
    return next(iter(versions_of(framework)), None)


def last_consulted(framework: Any) -> Any | None:
    """Return the version of the last round that has closed."""
    return next((one.version for one in reversed(rounds_of(framework)) if one.state == RoundState.CLOSED), None)


def chain(version: Any, back_to: int | None) -> list[int]:
    """Return the ids of `version` and of those before it, up to `back_to`, which is left out."""
    before = {one.pk: one.previous_id for one in versions_of(version.framework)}
    found: list[int] = []
    step = version.pk
    while step is not None and step != back_to and step not in found:
        found.append(step)
        step = before.get(step)
    return found


def changes_since(version: Any, back_to: int | None) -> Any:
    """Return the lines of the change logs that led from `back_to` to `version`."""
    log = version.changes.model._default_manager
    return log.filter(version__in=chain(version, back_to)).order_by("version", "pk")


def changed_share(version: Any, back_to: int | None) -> tuple[int, int]:
    """Return how many requirements are new, changed in substance or retired since `back_to`, and of how many in all."""
    requirements = set(version.texts.filter(level__in=REQUIREMENTS).values_list("clause", flat=True))
    before = version.texts.model._default_manager.filter(version=back_to, level__in=REQUIREMENTS)
    everything = requirements | set(before.values_list("clause", flat=True))
    changed = set(changes_since(version, back_to).filter(kind__in=SUBSTANTIVE).values_list("clause", flat=True))
    return len(changed & everything), len(requirements)


def unlogged(version: Any) -> list[str]:
    """Return the labels of clauses that differ from the previous version and of which the change log says nothing."""
    if version.previous_id is None:
        return []
    language = version.framework.authentic_language
    columns = ("label", f"title_{language}", f"text_{language}", *_FACTS)
    old, new = ({row["clause"]: [row[name] for name in columns] for row in texts_of(one)} for one in (version.previous, version))
    logged = set(version.changes.values_list("clause", flat=True))
    both = new | {clause: words for clause, words in old.items() if clause not in new}
    return [words[0] for clause, words in both.items() if clause not in logged and old.get(clause) != new.get(clause)]


def named(labels: list[str]) -> str:
    """Return the first labels of many, and an ellipsis for the rest."""
    return ", ".join(labels[:_NAMED]) + (" …" if len(labels) > _NAMED else "")


@guard(
    gettext_lazy("The change log tells everything that changed"),
    gettext_lazy("Build the change log of the version again, and read it through."),
    "changes",
)
def change_log_is_built(consultation: Any) -> Iterable[Words]:
    """Against the previous version, where there is one."""
    if labels := unlogged(consultation.version):
        yield _("The change log does not tell of: %(labels)s.") % {"labels": named(labels)}


@guard(
    gettext_lazy("The change log of the final text tells everything that changed"),
    gettext_lazy("Build the change log of the version again, and read it through."),
    "changes",
)
def final_log_is_built(framework: Any) -> Iterable[Words]:
    """The same for the version that becomes the final draft."""
    version = newest_version(framework)
    if version is not None and (labels := unlogged(version)):
        yield _("The change log does not tell of: %(labels)s.") % {"labels": named(labels)}


@guard(
    gettext_lazy("Nothing of substance was changed that was never consulted"),
    gettext_lazy("Link the change to the published answer of the comment that proposed it, or open another round on the text."),
    "changes",
)
def changes_were_consulted(framework: Any) -> Iterable[Words]:
    """Every change of substance after the last round was proposed in public: a published answer to a comment is linked to it."""
    version, consulted = newest_version(framework), last_consulted(framework)
    if version is None or consulted is None:
        return
    log = changes_since(version, consulted.pk).filter(kind__in=SUBSTANTIVE)
    answers = {
        "clause__answer_changes__answer__state__in": PUBLIC_ANSWERS,
        "clause__answer_changes__version__in": chain(version, consulted.pk),
    }
    proposed = set(log.filter(**answers).values_list("clause", flat=True))
    rows = log.exclude(clause__in=proposed).values_list("clause", "old_label", "new_label")
    if labels := list(dict.fromkeys({clause: new or old for clause, old, new in rows}.values())):
        yield _("Changed after the last round without a comment that proposed it: %(labels)s.") % {"labels": named(labels)}
