"""Retiring a clause and taking it up again: the words leave the version, the identity stays."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.models import Theme
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.changelog import write_change_log
from standards.actions.drafting.labels import next_label, taken_labels
from standards.actions.drafting.places import LAST, insert_text
from standards.actions.drafting.tree import Tree, reload
from standards.actions.revisions import FACTS, WORD_COLUMNS, Words, keep_revisions, last_revisions, snapshot
from standards.actions.texts import lock_version, refuse_frozen
from standards.enums import LineageKind
from standards.models import Clause, ClauseLineage, ClauseText, Comment, Version

Act = TypeVar("Act", bound=Callable[..., Any])


def retire_clause(*, actor: User, text: ClauseText, reason: str, lift_children: bool = False) -> Clause:
    """Take a clause out of the version and return its identity; reason and last words are kept.

    Refused: without a reason; while something stands under it, unless `lift_children` moves that up to where the clause stood;
    where people have commented on it in this very version.
    """
    require(actor, "standards.write_text", text)
    if not reason.strip():
        raise DomainError(_("Say why the clause is retired: it is written beside it for ever."))
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        gone = reload(text)
        tree = Tree.read(gone.version)
        if tree.children.get(gone.pk) and not lift_children:
            raise DomainError(_("Other clauses stand under %(label)s. Move them up or elsewhere first.") % {"label": gone.label})
        leave_version(actor, tree, gone, heir=None, reason=reason)
        _remember(LineageKind.RETIRED, actor, gone.version, gone.clause, gone.label, reason)
        audit.record("standards.clause_retired", actor=actor, target=gone.clause)
    clause: Clause = gone.clause
    return clause


def leave_version(actor: User, tree: Tree, gone: ClauseText, *, heir: int | None, reason: str) -> None:
    """Take the row out of the version; what stands under it goes under `heir`, or (None) to where it stood."""
    if Comment.objects.filter(clause_text=gone).exists():
        raise DomainError(_("People have commented on %(label)s in this version. Write in the next version.") % {"label": gone.label})
    children = list(tree.children.get(gone.pk, []))
    before = snapshot([gone.pk, *children])
    if not gone.revision:  # nobody has saved it in this version yet: keep how it began
        keep_revisions(version=gone.version, texts=[gone], actor=actor, note=reason, before=before, also=("retired",))
    after: int | None = gone.pk
    if heir is not None:
        after = tree.children.get(heir, [None])[-1] if tree.children.get(heir) else None
    for child in children:
        tree.put(child, tree.parent[gone.pk] if heir is None else heir, after)
        after = child
    tree.take_out(gone.pk)
    tree.write()
    _tell_of(actor, gone.version, children, before, reason)
    gone.languages.all().delete()
    gone.themes.clear()
    ClauseText.objects.filter(pk=gone.pk).delete()
    write_change_log(gone.version, [gone.clause_id])
    Clause.objects.filter(pk=gone.clause_id).update(retired_at=timezone.now())


def _tell_of(actor: User, version: Version, children: list[int], before: dict[int, Words], reason: str) -> None:
    """Lineage and revisions of the clauses that have another parent now."""
    texts = list(ClauseText.objects.filter(pk__in=children).select_related("clause"))
    keep_revisions(version=version, texts=texts, actor=actor, note=reason, before=before)
    for text in texts:
        _remember(LineageKind.MOVED, actor, version, text.clause, text.label, reason, text.label)


def _remember(kind: LineageKind, actor: User, version: Version, clause: Clause, old: str, reason: str, new: str = "") -> None:
    ClauseLineage.objects.create(version=version, kind=kind, clause=clause, old_label=old, new_label=new, reason=reason[:300], actor=actor)


def restore_clause(*, actor: User, version: Version, clause: Clause, reason: str = "") -> ClauseText:
    """Take a retired clause up again with the last words it had here or in the version before; return its new row.

    It stands last under the clause it stood under, or at the end; its number comes back unless it is given now. Taking up what
    stands in the version already changes nothing.
    """
    require(actor, "standards.write_text", version)
    with transaction.atomic():
        refuse_frozen(lock_version(version))
        if there := ClauseText.objects.filter(version=version, clause=clause).first():
            return there
        words = _last_words(version, clause)
        parent = ClauseText.objects.filter(version=version, clause=words["parent"]).first()
        label = words["label"]
        if label.casefold() in taken_labels(version, clause):
            label = next_label(version, parent.label if parent else "")
        text = ClauseText(version=version, clause=clause, label=label, **_columns(words))
        insert_text(Tree.read(version), text, parent.pk if parent else None, LAST)
        text.themes.set(Theme.objects.filter(code__in=words["themes"]))
        keep_revisions(version=version, texts=[text], actor=actor, note=reason)
        Clause.objects.filter(pk=clause.pk).update(retired_at=None)
        _remember(LineageKind.RESTORED, actor, version, clause, words["label"], reason, label)
        audit.record("standards.clause_restored", actor=actor, target=text)
    return text


def _columns(words: Words) -> Words:
    """The columns that were kept; a fact that is younger than the saving is what it is for a new clause."""
    return {name: words[name] for name in (*FACTS, *WORD_COLUMNS) if name in words}


def _last_words(version: Version, clause: Clause) -> Words:
    if kept := last_revisions(version, [clause.pk]):
        words: Words = kept[clause.pk].words
        return words
    texts = ClauseText.objects.filter(clause=clause, version__framework=version.framework_id, version__lt=version.pk)
    if (last := texts.order_by("-version").first()) is None:
        raise DomainError(_("Nothing is known any more of what this clause said."))
    return snapshot([last.pk])[last.pk]
