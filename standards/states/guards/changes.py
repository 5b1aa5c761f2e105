"""What changed between versions, as far as guards need it: it is read from the change log."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.states import Words, guard
from standards.enums import PUBLIC_ANSWERS, ChangeKind, Level, RoundState

#: Changes that people have to have been asked about.
SUBSTANTIVE = (ChangeKind.NEW, ChangeKind.SUBSTANTIVE, ChangeKind.RETIRED)
REQUIREMENTS = (Level.REQUIREMENT, Level.SUB_REQUIREMENT)
_NAMED = 12
_FACTS = ("level", "verbal_form", "requirement_class", "deadline_months")


def newest_version(framework: Any) -> Any | None:
    """Return the version that the framework is at now."""
    return framework.versions.order_by("-pk").first()


def last_consulted(framework: Any) -> Any | None:
    """Return the version of the last round that has closed."""
    last = framework.rounds.filter(state=RoundState.CLOSED).select_related("version").order_by("-number").first()
    return last and last.version


def chain(version: Any, back_to: int | None) -> list[int]:
    """Return the ids of `version` and of those before it, up to `back_to`, which is left out."""
    before = dict(version.framework.versions.values_list("pk", "previous"))
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
    old, new = (
        {clause: words for clause, *words in texts.order_by("position").values_list("clause", *columns)}
        for texts in (version.previous.texts, version.texts)
    )
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
