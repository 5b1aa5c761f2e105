"""Places of clauses: adding, moving, shifting. Everything waits for the row of the version, so that two never tear the tree."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting.labels import next_label, refuse_label, renumbered
from standards.actions.drafting.tree import Tree, reload
from standards.actions.revisions import keep_revisions, snapshot
from standards.actions.texts import lock_version, mark_languages, refuse_frozen, render_text, tidy_text
from standards.enums import LineageKind
from standards.models import Clause, ClauseLineage, ClauseText, Version

WAYS: Final = ("up", "down", "in", "out")


def add_clause(
    *,
    actor: User,
    version: Version,
    once: UUID,
    level: str,
    parent: ClauseText | None = None,
    after: ClauseText | None = None,
    first: bool = False,
    label: str = "",
    **facts: Any,
) -> ClauseText:
    """Add a new clause under `parent`, behind `after` (None: last, or with `first` as the first).

    Without a label it gets the next free number there.

    `once` becomes its identity: sent twice it is one clause. Refused: a number that another clause has or had.
    """
    require(actor, "standards.write_text", version)
    with transaction.atomic():
        refuse_frozen(lock_version(version))
        if done := ClauseText.objects.filter(version=version, clause__uuid=once).first():
            return done
        tree = Tree.read(version)
        key, last = _key(parent), _key(after)
        tree.know(key, last)
        label = refuse_label(version, label) if label.strip() else next_label(version, tree.labels[key] if key else "")
        clause = new_identity(version, once)
        text = insert_text(
            tree, ClauseText(version=version, clause=clause, label=label, level=level, **facts), key, last or (None if first else LAST)
        )
        keep_revisions(version=version, texts=[text], actor=actor)
        audit.record("standards.clause_text_added", actor=actor, target=text)
    return text


def new_identity(version: Version, once: UUID) -> Clause:
    """Begin the identity of a clause. StaleState where it has begun before: a form comes back after its clause has left the version."""
    clause, new = Clause.objects.get_or_create(uuid=once, defaults={"framework": version.framework})
    if not new:
        raise StaleState
    return clause


LAST: Final = -1


def insert_text(tree: Tree, text: ClauseText, parent: int | None, after: int | None) -> ClauseText:
    """Write a new row and give it its place; `after` LAST is behind everything under `parent`."""
    tidy_text(text)
    render_text(text)
    text.position = max((place[1] for place in tree.places().values()), default=-1) + 1
    text.parent_id = parent
    text.save()
    mark_languages(text)
    family = tree.children.get(parent, [])
    tree.put(text.pk, parent, (family[-1] if family else None) if after == LAST else after)
    tree.write()
    text.refresh_from_db(fields=["parent", "position", "depth"])
    return text


def _key(text: ClauseText | None) -> int | None:
    return None if text is None else text.pk


def move_clause(
    *, actor: User, text: ClauseText, parent: ClauseText | None, after: ClauseText | None = None, renumber: bool = False, reason: str = ""
) -> ClauseText:
    """Move a clause with all that stands under it: under `parent`, behind its child `after` (None: first).

    It keeps its number, or with `renumber` takes the next free one there, and what is under it follows. A new parent or number
    is written into its lineage.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        tree = Tree.read(text.version)
        tree.know(text.pk)
        before, former = snapshot([text.pk, *tree.under(text.pk)]), tree.parent[text.pk]
        tree.put(text.pk, _key(parent), _key(after))
        tree.write()
        labels = _new_labels(tree, text, _key(parent)) if renumber else {}
        _finish_move(actor, text.version, text.pk, before, labels, moved=former != _key(parent), reason=reason)
        audit.record("standards.clause_moved", actor=actor, target=text, renumbered=bool(labels))
    return reload(text)


def _new_labels(tree: Tree, text: ClauseText, parent: int | None) -> dict[int, str]:
    """The next free number under the new parent, and numbers for what stands under the moved clause."""
    label = next_label(text.version, tree.labels[parent] if parent else "")
    return renumbered(tree.labels, text.pk, label, tree.under(text.pk))


def _finish_move(
    actor: User, version: Version, top: int, before: dict[int, Any], labels: dict[int, str], *, moved: bool, reason: str
) -> None:
    """Write numbers, revisions and lineage of everything that moved by itself or got another number."""
    texts = {text.pk: text for text in ClauseText.objects.filter(pk__in={top, *labels})}
    for key, label in labels.items():
        texts[key].label = label
    ClauseText.objects.bulk_update(texts.values(), ["label"])
    keep_revisions(version=version, texts=[texts.pop(top)], actor=actor, note=reason, before=before, also=("position",))
    keep_revisions(version=version, texts=list(texts.values()), actor=actor, note=reason, before=before)
    ClauseLineage.objects.bulk_create(
        ClauseLineage(
            version=version,
            kind=LineageKind.MOVED,
            clause_id=clause,
            old_label=before[key]["label"],
            new_label=label,
            reason=reason[:300],
            actor=actor,
        )
        for key, clause, label in ClauseText.objects.filter(pk__in={top, *labels}).order_by("position").values_list("pk", "clause", "label")
        if (key == top and moved) or label != before[key]["label"]
    )


def shift_clause(*, actor: User, text: ClauseText, way: str) -> ClauseText:
    """Move a clause by one step: up or down among its siblings, in under the one before, out behind the one above.

    Its number stays. Refused where there is no such step.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        tree = Tree.read(text.version)
        parent, after = _step(tree, text.pk, way)
        places = {row.pk: row for row in ClauseText.objects.filter(pk__in=[key for key in (parent, after) if key])}
        above, before = (places.get(key) if key else None for key in (parent, after))
        return move_clause(actor=actor, text=text, parent=above, after=before)


def _step(tree: Tree, key: int, way: str) -> tuple[int | None, int | None]:
    """Return the parent and the sibling before, after one step."""
    family, above = tree.siblings(key), tree.parent[key]
    place = family.index(key)
    if way == "up" and place:
        return above, family[place - 2] if place > 1 else None
    if way == "down" and place + 1 < len(family):
        return above, family[place + 1]
    if way == "in" and place:
        under = tree.children.get(family[place - 1], [])
        return family[place - 1], under[-1] if under else None
    if way == "out" and above is not None:
        return tree.parent[above], above
    raise DomainError(_REFUSALS.get(way, _REFUSALS["up"]))


_REFUSALS: Final = {
    "up": _("It is the first one already."),
    "down": _("It is the last one already."),
    "in": _("There is no clause before it under which it could go."),
    "out": _("It stands at the top already."),
}
