"""Every saving of a clause text is kept: who, when, why, all its columns. All roads that write a text end here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F

from members.models import User
from red_mpe.core.locale import COLUMN
from standards.actions.changelog import write_change_log
from standards.models import Clause, ClauseRevision, ClauseText, Version, VersionChange
from standards.querysets.changes import BINDING
from standards.querysets.changes import FACTS as BINDING_FACTS

LANGUAGES = tuple(COLUMN.values())
WORDS = ("title", "text", "plain", "intent", "guidance", "verification")
WORD_COLUMNS = tuple(f"{word}_{language}" for word in WORDS for language in LANGUAGES)
FACTS = (
    *("level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible", "sources"),
    "forbids_adaptation",
)
_PLACE = ("position", "depth")  # a move of others shifts them: they are kept, but no change of this clause

Words = dict[str, Any]


def snapshot(texts: Iterable[int]) -> dict[int, Words]:
    """Return all columns of the clause texts with these keys as they stand in the database: two queries.

    `parent` is the identity of the clause above, `themes` are codes.
    """
    keys = list(texts)
    columns = ("label", *_PLACE, *FACTS, *WORD_COLUMNS)
    rows = ClauseText.objects.filter(pk__in=keys).order_by().values("pk", "parent__clause_id", *columns)
    links = ClauseText.themes.through.objects.filter(clausetext__in=keys).order_by("theme__code")
    themes: dict[int, list[str]] = {key: [] for key in keys}
    for key, code in links.values_list("clausetext_id", "theme__code"):
        themes[key].append(code)
    found = {}
    for row in rows:
        key, parent = row.pop("pk"), row.pop("parent__clause_id")
        words = {name: ("" if value is None and name in WORD_COLUMNS else value) for name, value in row.items()}
        found[key] = {**words, "parent": parent, "themes": themes[key]}
    return found


def keep_revisions(
    *,
    version: Version,
    texts: Sequence[ClauseText],
    actor: User | None,
    note: str = "",
    before: Mapping[int, Words] | None = None,
    also: tuple[str, ...] = (),
) -> list[ClauseRevision]:
    """Keep how each of `texts` stands now as its next revision, and number the texts accordingly.

    `before` (from `snapshot`) is how they stood; where nothing was kept of a text yet it becomes revision 0. `also` names
    changes of place. A text in which nothing has changed gets no revision. The change log of the version follows. The caller has
    locked the version.
    """
    before = before or {}
    last = last_revisions(version, [text.clause_id for text in texts])
    rows, now = [], snapshot(text.pk for text in texts)
    for text in texts:
        kept, old, new = last.get(text.clause_id), before.get(text.pk), now[text.pk]
        if kept is None and old is not None:
            rows.append(ClauseRevision(version=version, clause_id=text.clause_id, number=0, author=None, words=old))
        former = old or (kept.words if kept else None)
        changed = [*differences(former, new), *also] if former is not None else []
        if former is not None and old is not None and not changed:
            continue
        text.revision = (kept.number if kept else 0) + 1
        rows.append(
            ClauseRevision(
                version=version, clause_id=text.clause_id, number=text.revision, author=actor, words=new, changed=changed, note=note[:300]
            )
        )
    ClauseRevision.objects.bulk_create(rows)
    ClauseText.objects.bulk_update(texts, ["revision"])
    _lapse(version, [row for row in rows if row.changed])
    write_change_log(version, [row.clause_id for row in rows if row.number])
    return [row for row in rows if row.number]


def _lapse(version: Version, rows: Iterable[ClauseRevision]) -> None:
    """What people called a change holds of the words they read: once these change in substance, the system's finding holds again."""
    binding = {*(f"{word}_{version.framework.authentic_language}" for word in BINDING), *BINDING_FACTS}
    clauses = [row.clause_id for row in rows if not binding.isdisjoint(row.changed)]
    if clauses:
        read = VersionChange.objects.filter(version=version, clause__in=clauses, edited_by__isnull=False)
        read.update(kind=F("found"), edited_by=None)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the columns that differ, places apart."""
    return [name for name in after if name not in _PLACE and before.get(name) != after[name]]


def last_revisions(version: Version, clauses: Iterable[int]) -> dict[int, ClauseRevision]:
    """Return the latest revision in `version` of each of these clauses that has one."""
    rows = ClauseRevision.objects.filter(version=version, clause__in=list(clauses))
    return {row.clause_id: row for row in rows.order_by("clause", "-number").distinct("clause")}


def revision_words(version: Version, clause: Clause, number: int) -> Words | None:
    """Return the columns of one kept revision, or None."""
    rows = ClauseRevision.objects.filter(version=version, clause=clause, number=number)
    found: Words | None = rows.values_list("words", flat=True).first()
    return found
