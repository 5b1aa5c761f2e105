"""Writing the synopsis of a round, publishing it, and putting it right afterwards."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.models import Chamber
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState, Words
from red_mpe.core.text import clean, clean_line
from red_mpe.notifications.actions import announce
from red_mpe.notifications.actions.waking import wake_on_commit
from standards.actions.overwriting import OverwrittenError
from standards.enums import CommentKind, Disposition, RoundState, Stance
from standards.models import Clause, Consultation, Synopsis, SynopsisClause, SynopsisCorrection
from standards.querysets.balance import figures, spoken
from standards.querysets.reports import PARAGRAPH, WORDS, clause_places, commented, positions
from standards.querysets.writing import Written

WRITE, PUBLISH = "standards.write_answer", "standards.steer"
AFTERWARDS = "standards.tasks.after_synopsis"
NEEDED = ("asked", "promotion", "next_steps")


def synopsis_of(consultation: Consultation) -> Synopsis:
    """Return the synopsis of a round, or one that is not saved yet and begins with what the round asked."""
    found = Synopsis.objects.filter(consultation=consultation).first()
    if found is None:
        questions = {f"asked_{column}": getattr(consultation, f"question_{column}") or "" for column in COLUMN.values()}
        found = Synopsis(consultation=consultation, **questions)
    found.consultation = consultation
    return found


def due_on(consultation: Consultation, comments: int) -> date:
    """Return the last day on which the synopsis is in time: some weeks after closing, longer with very many comments."""
    rules = consultation.framework.rules
    days = rules.synopsis_days_many if comments > rules.many_comments else rules.synopsis_days
    return consultation.closes_on + timedelta(days=days)


def write_synopsis(*, actor: User, consultation: Consultation, words: Mapping[str, str], revision: int, note: str = "") -> Synopsis:
    """Save what the synopsis says of the round. `words` maps the columns of `WORDS`; others stay as they are.

    Refused: before the round has closed; with OverwrittenError where `revision` is no longer the one that stands; without a
    `note` once it is published, because everybody can read what was put right and why.
    """
    require(actor, WRITE, consultation)
    refuse_unless_closed(consultation)
    with transaction.atomic():
        synopsis = _begun(consultation)
        _save(actor, synopsis, synopsis, None, _tidy(words, WORDS), revision, note)
    return synopsis


def write_paragraph(
    *, actor: User, consultation: Consultation, clause: Clause | None, words: Mapping[str, str], revision: int, note: str = ""
) -> SynopsisClause:
    """Save what was said on one clause (None: on the text as a whole), and what changed and why; refused as `write_synopsis`."""
    require(actor, WRITE, consultation)
    refuse_unless_closed(consultation)
    with transaction.atomic():
        synopsis = _begun(consultation)
        paragraph, _made = SynopsisClause.objects.get_or_create(synopsis=synopsis, clause=clause)
        _save(actor, synopsis, paragraph, clause, _tidy(words, PARAGRAPH), revision, note)
    return paragraph


def refuse_unless_closed(consultation: Consultation) -> None:
    """Raise DomainError while the round still listens."""
    if consultation.state != RoundState.CLOSED:
        raise DomainError(_("The synopsis is written once the round has closed."))


def _begun(consultation: Consultation) -> Synopsis:
    """The synopsis, locked: who saves and who publishes wait for each other."""
    Synopsis.objects.get_or_create(consultation=consultation, defaults=_first_words(consultation))
    synopsis: Synopsis = Synopsis.objects.select_for_update().get(consultation=consultation)
    synopsis.consultation = consultation
    return synopsis


def _first_words(consultation: Consultation) -> dict[str, str]:
    return {f"asked_{column}": getattr(consultation, f"question_{column}") or "" for column in COLUMN.values()}


def _tidy(words: Mapping[str, str], known: tuple[str, ...]) -> dict[str, str]:
    return {name: clean(words[name] or "").strip() for name in known if name in words}


def _save(actor: User, synopsis: Synopsis, row: Any, clause: Clause | None, words: dict[str, str], revision: int, note: str) -> None:
    """Write `words` into `row` (the synopsis itself, or a paragraph of it) if nobody has since `revision`; keep what was, once public."""
    before = {name: getattr(row, name) or "" for name in words}
    if row.revision != revision:
        raise OverwrittenError(before, words, row.revision)
    if before == words:
        return
    type(row).objects.filter(pk=row.pk).update(**words, revision=F("revision") + 1, updated_at=timezone.now())
    Synopsis.objects.filter(pk=synopsis.pk).update(updated_at=timezone.now())
    row.refresh_from_db()
    audit.record("standards.synopsis_saved", actor=actor, target=synopsis, clause=clause.pk if clause else None)
    if synopsis.published_at is not None:
        _correct(actor, synopsis, clause, before, words, note)


def _correct(actor: User, synopsis: Synopsis, clause: Clause | None, before: dict[str, str], after: dict[str, str], note: str) -> None:
    if not clean_line(note):
        raise DomainError(_("The synopsis is public: say in a sentence what is put right and why."))
    changed = [name for name in after if after[name] != before[name]]
    SynopsisCorrection.objects.create(
        synopsis=synopsis,
        clause=clause,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        note=clean_line(note)[:300],
        author=actor,
    )
    audit.record("standards.synopsis_corrected", actor=actor, target=synopsis, fields=changed)
    wake_on_commit(AFTERWARDS, synopsis.pk)


def draft_paragraphs(*, actor: User, consultation: Consultation) -> int:
    """Write the system's own draft where a commented clause has no words yet, in each language; return how many were begun."""
    require(actor, WRITE, consultation)
    refuse_unless_closed(consultation)
    with transaction.atomic():
        synopsis = _begun(consultation)
        if synopsis.published_at is not None:
            raise DomainError(_("The synopsis is public: each clause is put right by itself, with a reason."))
        written = {row.clause_id: row for row in synopsis.clauses.all()}
        drafts = paragraph_drafts(consultation)
        missing = [clause for clause in drafts if clause not in written or not has_words(written[clause])]
        SynopsisClause.objects.filter(pk__in=[written[clause].pk for clause in missing if clause in written]).delete()
        SynopsisClause.objects.bulk_create(
            SynopsisClause(synopsis=synopsis, clause_id=clause, revision=1, **drafts[clause]) for clause in missing
        )
        audit.record("standards.synopsis_drafted", actor=actor, target=synopsis, clauses=len(missing))
    return len(missing)


def has_words(row: Any) -> bool:
    """Tell whether a paragraph says anything in any language."""
    return any(getattr(row, name) for name in PARAGRAPH)


def paragraph_drafts(consultation: Consultation) -> dict[int | None, dict[str, str]]:
    """Return for each commented clause the draft of its paragraph by column: numbers and what became of them, in each language."""
    counts, places, said = commented(consultation), clause_places(consultation), positions(consultation)
    drafts: dict[int | None, dict[str, str]] = {clause: {} for clause in [None, *places] if clause in counts}
    for column, language in SITE_LANGUAGE.items():
        with translation.override(language):
            for clause, draft in drafts.items():
                draft[f"said_{column}"] = _said(*said[clause])
                draft[f"changed_{column}"] = _became(counts[clause])
    return drafts


def _said(kinds: Mapping[str, int], stances: Mapping[str, int]) -> str:
    """“3 comments were made. Technical: 2 · General: 1. Agree with changes: 2 · Disagree: 1.”"""
    whole = sum(kinds.values())
    told = [ngettext("%(count)s comment was made.", "%(count)s comments were made.", whole) % {"count": whole}]
    lists = ((CommentKind, kinds), (Stance, stances))
    parts = [" · ".join(f"{label}: {some[code]}" for code, label in words.choices if some.get(code)) for words, some in lists]
    return " ".join(told + [f"{part}." for part in parts if part])


def _became(counts: Mapping[str, int]) -> str:
    parts = [f"{Disposition(code).label}: {counts[code]}" for code in Disposition.values if counts.get(code)]
    waiting = counts.get("", 0)
    if waiting:
        parts.append(ngettext("%(count)s still without answer", "%(count)s still without answer", waiting) % {"count": waiting})
    return " · ".join(parts) + "."


def missing_in(synopsis: Synopsis, known: Written | None = None) -> list[Words]:
    """Return what has to be written before the synopsis can be published, in the reader's language; empty means nothing.

    Whoever has looked already what is written gives it as `known`.
    """
    consultation = synopsis.consultation
    column = consultation.framework.authentic_language
    missing: list[Words] = []
    if consultation.state != RoundState.CLOSED:
        missing.append(_("The round has not closed yet."))
    missing += [_("Not written yet: %(part)s.") % {"part": part_name(part)} for part in NEEDED if not getattr(synopsis, f"{part}_{column}")]
    if labels := _unwritten(known or Written(synopsis), column):
        more = "…" if len(labels) > 12 else ""
        missing.append(_("Clauses without words on what was said: %(labels)s") % {"labels": ", ".join(labels[:12]) + more})
    return missing


def part_name(part: str) -> str:
    """Return the name of a section of the synopsis."""
    field: Any = Synopsis._meta.get_field(part)
    return str(field.verbose_name)


def _unwritten(known: Written, column: str) -> list[str]:
    return [_("General comments") if clause is None else str(known.places[clause]["label"]) for clause in known.unwritten(column)]


def languages_missing(synopsis: Synopsis, known: Written | None = None) -> list[str]:
    """Return the columns of the required languages in which something is written elsewhere and not there: a warning, no guard."""
    consultation = synopsis.consultation
    needed = [column for column in consultation.framework.rules.required_languages if column != consultation.framework.authentic_language]
    found = known or Written(synopsis)
    return [column for column in needed if found.lacks(column)]


def figures_of(consultation: Consultation) -> dict[str, Any]:
    """Count the public figures of a round as they are now."""
    return figures(
        spoken(consultation),
        chambers=list(Chamber.objects.order_by("position").values_list("code", flat=True)),
        targets=dict(consultation.targets.values_list("chamber__code", "people")),
        smallest=consultation.framework.rules.small_cell,
    )


def publish_synopsis(*, actor: User, consultation: Consultation) -> Synopsis:
    """Make the synopsis public and keep its figures as they are now; who follows and who took part are told, and letters leave.

    Refused, with all that is missing, while it is not written; with StaleState when another was faster. Answers that are not
    published yet do not hold it up: it is due within the rules' days.
    """
    require(actor, PUBLISH, consultation)
    refuse_unless_closed(consultation)
    with transaction.atomic():
        synopsis = _begun(consultation)
        if missing := missing_in(synopsis):
            raise GuardsUnmet(missing)
        now = timezone.now()
        kept = {"figures": figures_of(consultation), "published_at": now, "published_by": actor}
        if not Synopsis.objects.filter(pk=synopsis.pk, published_at=None).update(**kept, updated_at=now):
            raise StaleState
        announce("standards.synopsis_published", actor=actor, target=synopsis)
        wake_on_commit(AFTERWARDS, synopsis.pk)
    synopsis.refresh_from_db()
    synopsis.consultation = consultation
    return synopsis
