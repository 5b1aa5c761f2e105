"""Splitting and merging clauses: identities are never deleted, and what became of them is written down."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.drafting.labels import next_label, refuse_label
from standards.actions.drafting.places import insert_text, new_identity
from standards.actions.drafting.retiring import leave_version
from standards.actions.drafting.tree import Tree
from standards.actions.drafting.words import put_words, refuse_other
from standards.actions.evidence import pass_evidence
from standards.actions.revisions import FACTS, WORD_COLUMNS, keep_revisions
from standards.actions.texts import lock_version, refuse_frozen
from standards.enums import LineageKind
from standards.models import ClauseLineage, ClauseText

Columns = Mapping[str, str]


def split_clause(
    *, actor: User, text: ClauseText, base: int, once: UUID, stays: Columns, goes: Columns, label: str = "", reason: str = ""
) -> ClauseText:
    """Take a new clause out of `text` and return it; it stands right behind, with the same facts and an identity of its own.

    `stays` and `goes` hold columns of words. Without a label it gets the next number beside the clause. Sent twice with the same
    `once` it is one split. Refused: where nothing goes, or nothing stays; StaleState when somebody saved after `base`.
    """
    require(actor, "standards.write_text", text)
    language = text.version.framework.authentic_language
    if any(not (part.get(f"text_{language}") or "").strip() for part in (stays, goes)):
        raise DomainError(_("Both parts need words in the authentic language. Divide the text between them."))
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        if done := ClauseText.objects.filter(version=text.version, clause__uuid=once).first():
            return done
        fresh = refuse_other(text, base)
        version, themes = fresh.version, list(fresh.themes.all())
        clause = new_identity(version, once)
        new = ClauseText(version=version, clause=clause, label=_label(fresh, label))
        for name in FACTS:
            setattr(new, name, getattr(fresh, name))
        for name in WORD_COLUMNS:
            setattr(new, name, goes.get(name, ""))
        insert_text(Tree.read(version), new, fresh.parent_id, fresh.pk)
        new.themes.set(themes)
        keep_revisions(version=version, texts=[new], actor=actor, note=reason)
        put_words(actor, fresh, stays, reason)
        _remember(LineageKind.SPLIT, actor, fresh, new, reason)
        audit.record("standards.clause_split", actor=actor, target=fresh, new=new.pk)
    return new


def _label(text: ClauseText, label: str) -> str:
    if label.strip():
        return refuse_label(text.version, label)
    return next_label(text.version, text.parent.label if text.parent else "")


def _remember(kind: LineageKind, actor: User, text: ClauseText, other: ClauseText, reason: str) -> None:
    ClauseLineage.objects.create(
        version=text.version,
        kind=kind,
        clause=text.clause,
        other=other.clause,
        old_label=text.label,
        new_label=other.label,
        reason=reason[:300],
        actor=actor,
    )


def merge_clauses(
    *, actor: User, text: ClauseText, into: ClauseText, base: int, base_into: int, words: Columns, reason: str = ""
) -> ClauseText:
    """Let `text` go into `into`, whose words become `words`; return it. What stands under `text` goes under it with its numbers.

    The identity of `text` is retired in this version and named in the lineage. Refused: into itself, into a clause under it or of
    another version; StaleState when somebody saved one of the two after the revisions `base` and `base_into`.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        gone, kept = refuse_other(text, base), refuse_other(into, base_into)
        tree = Tree.read(gone.version)
        if gone.pk == kept.pk or kept.version_id != gone.version_id or kept.pk in tree.under(gone.pk):
            raise DomainError(_("A clause can only go into another clause of this version that does not stand under it."))
        leave_version(actor, tree, gone, heir=kept.pk, reason=reason)
        marked = {"forbids_adaptation": kept.forbids_adaptation or gone.forbids_adaptation}  # words keep their licence wherever they go
        kept = put_words(actor, kept, {**words, **marked}, reason, (*WORD_COLUMNS, *marked))
        pass_evidence(gone.version, gone.clause, kept.clause)
        _remember(LineageKind.MERGED, actor, gone, kept, reason)
        audit.record("standards.clause_merged", actor=actor, target=kept, gone=gone.clause_id)
    return kept
