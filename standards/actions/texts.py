"""Writing the text of a version: clauses, the state of their languages, freezing."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.models import Theme
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line, markdown
from standards.actions.changelog import write_change_log
from standards.actions.revisions import LANGUAGES, WORDS, keep_revisions, snapshot
from standards.enums import GENERAL, TextState
from standards.models import Clause, ClauseLanguage, ClauseText, Version


def refuse_frozen(version: Version) -> None:
    """Raise DomainError where the text of `version` may not change any more."""
    if version.frozen:
        raise DomainError(
            _("Version %(number)s is frozen: its text never changes. Write in the next version.") % {"number": version.number}
        )


def label_is_reserved(label: str) -> bool:
    """Tell whether a label cannot name a clause in an address: the word for general comments, slashes, nothing."""
    return label.casefold() == GENERAL or "/" in label or not label.strip(". ")


def render_text(text: ClauseText) -> None:
    """Fill the rendered columns of a clause text from its words."""
    for language in LANGUAGES:
        words = getattr(text, f"text_{language}") or ""
        setattr(text, f"text_html_{language}", markdown(words, rich=True) if words else "")


def tidy_word(word: str, words: str | None) -> str:
    """Return the words of one column as they are stored: a title on one line, nothing with control characters or blank ends."""
    return clean_line(words or "") if word == "title" else clean(words or "").strip()


def tidy_text(text: ClauseText) -> None:
    """Normalise the words of a clause text: titles on one line, no control characters anywhere."""
    for language in LANGUAGES:
        for word in WORDS:
            name = f"{word}_{language}"
            setattr(text, name, tidy_word(word, getattr(text, name)))


def save_clause_text(*, actor: User, text: ClauseText, themes: Iterable[Theme] | None = None, note: str = "") -> ClauseText:
    """Save the words of one clause; a changed language becomes a draft and a changed authentic text makes the others stale.

    `themes` replaces its themes; without it they stay. `note` says why. Every saving is kept as a revision. Refused once the
    version is frozen, and with StaleState where somebody saved after `text` was read.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        before = _still_there(text)
        text.refresh_from_db(fields=["parent", "position", "depth"])  # places are moved by others without touching the words
        tidy_text(text)
        changed = [language for language in LANGUAGES if any(_differs(text, before[text.pk], word, language) for word in WORDS)]
        render_text(text)
        text.save()
        mark_languages(text)
        _mark_changed(text, changed)
        if themes is not None:
            text.themes.set(themes)
        keep_revisions(version=text.version, texts=[text], actor=actor, note=note, before=before)
        audit.record("standards.clause_text_saved", actor=actor, target=text, languages=changed)
    return text


def _still_there(text: ClauseText) -> dict[int, dict[str, Any]]:
    """Return how the text stands in the database; raise StaleState where it was saved or taken out since it was read."""
    if not ClauseText.objects.filter(pk=text.pk, revision=text.revision).exists():
        raise StaleState
    return snapshot([text.pk])


def lock_version(version: Version) -> Version:
    """Return the version as it is now, locked until the end of the transaction: who writes in it waits for the others."""
    return Version.objects.select_for_update().get(pk=version.pk)


def add_clause_text(
    *,
    actor: User,
    version: Version,
    label: str,
    level: str,
    parent: ClauseText | None = None,
    themes: Iterable[Theme] = (),
    **facts: Any,
) -> ClauseText:
    """Add a clause as the last one under `parent`, or at the end of the version. `facts` are the other columns of its text.

    A label that an earlier version of the framework has keeps that identity. Refused: in a frozen version, under a clause of
    another version, with a label that this version has already.
    """
    require(actor, "standards.write_text", version)
    label = clean_line(label)
    with transaction.atomic():
        refuse_frozen(lock_version(version))
        if parent is not None:
            parent.refresh_from_db(fields=["version", "position", "depth"])  # clauses written in the meantime have moved it
        _refuse_place(version, label, parent)
        position, depth = _make_room(version, parent), parent.depth + 1 if parent else 0
        clause = _identity(version, label)
        place = {"version": version, "clause": clause, "parent": parent, "position": position, "depth": depth}
        text = ClauseText(label=label, level=level, **place, **facts)
        tidy_text(text)
        render_text(text)
        text.save()
        mark_languages(text)
        text.themes.set(themes)
        keep_revisions(version=version, texts=[text], actor=actor)
        audit.record("standards.clause_text_added", actor=actor, target=text)
    return text


def _refuse_place(version: Version, label: str, parent: ClauseText | None) -> None:
    if parent is not None and parent.version_id != version.pk:
        raise DomainError(_("The clause above it belongs to another version. Choose one of this version."))
    if label_is_reserved(label):
        raise DomainError(_("These numbers cannot stand in an address: %(labels)s.") % {"labels": label})
    if version.texts.filter(label=label).exists():
        raise DomainError(_("This version already has a clause %(label)s. A label is given once: choose another.") % {"label": label})


def _make_room(version: Version, parent: ClauseText | None) -> int:
    """Return the position after everything under `parent`; what follows moves on by one."""
    after = version.texts.filter(position__gt=parent.position, depth__lte=parent.depth).order_by("position").first() if parent else None
    if after is None:
        last = version.texts.aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1
    version.texts.filter(position__gte=after.position).update(position=F("position") + 1)
    return after.position


def _identity(version: Version, label: str) -> Clause:
    """The clause that an earlier version calls so and this one has not renumbered, or a new one."""
    texts = ClauseText.objects.filter(version__framework=version.framework, label=label).exclude(clause__texts__version=version)
    earlier = texts.select_related("clause").order_by("-version_id").first()
    return earlier.clause if earlier else Clause.objects.create(framework=version.framework)


def _differs(text: ClauseText, before: dict[str, Any], word: str, language: str) -> bool:
    name = f"{word}_{language}"
    return (getattr(text, name) or "") != tidy_word(word, before[name])


def mark_languages(text: ClauseText) -> None:
    """Make sure that every language of the clause text has its state."""
    ClauseLanguage.objects.bulk_create([ClauseLanguage(clause_text=text, language=code) for code in LANGUAGES], ignore_conflicts=True)


def _mark_changed(text: ClauseText, changed: list[str]) -> None:
    text.languages.filter(language__in=changed).update(state=TextState.DRAFT, reviewed_by=None, reviewed_at=None)
    if text.version.framework.authentic_language in changed:
        others = ~Q(language__in=changed)
        text.languages.filter(others, state=TextState.REVIEWED).update(state=TextState.STALE)


def review_language(*, actor: User, version: Version, language: str, labels: list[str] | None = None) -> int:
    """Mark one language as reviewed, of the clauses with `labels` or of all with text or title in it; return how many.

    The authentic words of the moment are kept as the basis of the review: what changes after it can be shown.
    """
    require(actor, "standards.write_text", version)
    with transaction.atomic():
        refuse_frozen(lock_version(version))
        texts = version.texts.filter(Q(**{f"text_{language}__gt": ""}) | Q(**{f"title_{language}__gt": ""}))
        if labels is not None:
            texts = texts.filter(label__in=labels)
        rows = list(ClauseLanguage.objects.filter(clause_text__in=texts, language=language).select_related("clause_text"))
        for row in rows:
            mark_reviewed(row, actor, version.framework.authentic_language)
        ClauseLanguage.objects.bulk_update(rows, ["state", "reviewed_by", "reviewed_at", "basis"])
        audit.record("standards.language_reviewed", actor=actor, target=version, language=language, count=len(rows))
    return len(rows)


def mark_reviewed(row: ClauseLanguage, actor: User, authentic: str) -> None:
    """Write into a language, not yet saved, that `actor` has reviewed it now against the authentic words of its clause."""
    row.state, row.reviewed_by, row.reviewed_at = TextState.REVIEWED, actor, timezone.now()
    row.basis = {word: getattr(row.clause_text, f"{word}_{authentic}") or "" for word in WORDS}


def canonical_text(version: Version) -> str:
    """Return the whole text as canonical JSON: every clause in order, all languages, keys sorted, no blanks between them."""
    names = ["label", "level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible", "sources"]
    names += [f"{word}_{language}" for word in WORDS for language in LANGUAGES]
    rows = list(version.texts.order_by("position").values("clause__uuid", *names))
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def text_hash(version: Version) -> str:
    """Return the SHA-256 of the canonical text in UTF-8."""
    return hashlib.sha256(canonical_text(version).encode()).hexdigest()


def freeze_version(*, version: Version, actor: User | None) -> Version:
    """Freeze the text for ever, with its change log, and write its hash. Freezing a frozen version changes nothing."""
    with transaction.atomic():
        locked = Version.objects.select_for_update().get(pk=version.pk)
        if not locked.frozen:
            write_change_log(version)
            Version.objects.filter(pk=version.pk).update(frozen_at=timezone.now(), sha256=text_hash(version))
            audit.record("standards.version_frozen", actor=actor, target=version)
    version.refresh_from_db()
    return version
