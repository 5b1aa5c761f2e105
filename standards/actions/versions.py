"""Beginning the next version from the last, closing a draft, and errata of what is frozen."""

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from standards.actions.evidence import copy_evidence
from standards.actions.frameworks import LIVE, edit_version
from standards.actions.overwriting import refuse_overwriting
from standards.actions.revisions import FACTS
from standards.actions.texts import freeze_version, lock_version
from standards.enums import Stage, VersionKind
from standards.models import ClauseLanguage, ClauseRevision, ClauseText, Consultation, Erratum, Framework, Version
from standards.querysets.changes import COLUMNS, WORDS
from standards.querysets.frameworks import number_key
from standards.states.guards.changes import named
from standards.states.guards.licences import unlicensed

RESTING = (Stage.SUSPENDED, Stage.ABANDONED, Stage.SUPERSEDED)
#: Kinds whose number ends in 0: they open a major number.
WHOLE = (VersionKind.FINAL_DRAFT, VersionKind.ADOPTED)
_OWN = ("id", "version", "parent", "created_at", "updated_at", "revision")
_COPIED = tuple(field for field in ClauseText._meta.concrete_fields if field.name not in _OWN)
_BATCH = 500
SUMMARY = tuple(f"change_summary_{code}" for code in COLUMN.values())


def begin_next_version(*, actor: User, framework: Framework, kind: str, number: str | None = None) -> Version:
    """Begin the next version with every clause of the last: same identities, same words, same state of each language.

    Refused: without a first version; while the last one is still a draft; while a round is announced or open; while the
    framework rests; with a number that is not higher than every earlier one, or that does not fit the kind. The number is
    given here when the caller names none. The new version is the committee's until it is made public.
    """
    require(actor, "standards.steer", framework)
    with transaction.atomic():
        locked = Framework.objects.select_for_update().get(pk=framework.pk)
        last = _last(locked)
        _refuse_now(locked, last)
        number = _checked(last, kind, number) if number else next_number(last.number, kind)
        version = Version.objects.create(framework=locked, number=number, kind=kind, previous=last)
        copied = _copy(last, version, actor)
        copy_evidence(last, version)
        audit.record("standards.version_begun", actor=actor, target=version, previous=last.pk, clauses=copied)
    return version


def _last(framework: Framework) -> Version:
    """The version with the highest number, whatever the order in which they were made."""
    versions = sorted(framework.versions.all(), key=lambda version: number_key(version.number))
    if not versions:
        raise DomainError(_("There is no version to begin from. Import the first text, or begin an empty version."))
    return versions[-1]


def _refuse_now(framework: Framework, last: Version) -> None:
    if framework.stage in RESTING:
        raise DomainError(_("The framework rests (%(stage)s): nothing is written in it.") % {"stage": framework.get_stage_display()})
    live = Consultation.objects.filter(framework=framework, state__in=LIVE).first()
    if live:
        words = _("Round %(number)s is announced or open. The next version begins when it has closed and people have been heard.")
        raise DomainError(words % {"number": live.number})
    if not last.frozen:
        raise DomainError(_("Version %(number)s is still being written. Go on in it, or close it first.") % {"number": last.number})


def next_number(last: str, kind: str) -> str:
    """Return the number that follows `last`: a final draft or adopted version opens a major number, others count on."""
    major, minor = number_key(last)
    return f"{major + 1}.0" if kind in WHOLE else f"{major}.{minor + 1}"


def _checked(last: Version, kind: str, number: str) -> str:
    try:
        major, minor = number_key(number)
    except ValueError:
        raise DomainError(_("A version number has two parts, such as 0.3 or 1.0.")) from None
    if (major, minor) <= number_key(last.number):
        raise DomainError(_("Choose a number above %(number)s: numbers are never used twice.") % {"number": last.number})
    if (minor == 0) != (kind in WHOLE):
        raise DomainError(_("Only a final draft and an adopted version have a number that ends in 0."))
    return f"{major}.{minor}"


def _copy(last: Version, version: Version, actor: User) -> int:
    """Copy every clause with its themes, languages and a first revision: as many statements for 300 clauses as for one."""
    old = list(last.texts.order_by("position").select_related("parent").prefetch_related("themes", "languages"))
    new = [ClauseText(version=version, revision=1, **{field.attname: getattr(text, field.attname) for field in _COPIED}) for text in old]
    ClauseText.objects.bulk_create(new, batch_size=_BATCH)
    above = ClauseText.objects.filter(version=version, clause__texts__children__version=last)
    version.texts.update(parent=Subquery(above.filter(clause__texts__children__clause=OuterRef("clause")).values("pk")[:1]))
    pairs = list(zip(old, new, strict=True))
    through = ClauseText.themes.through
    through.objects.bulk_create([through(clausetext=text, theme=theme) for source, text in pairs for theme in source.themes.all()])
    ClauseLanguage.objects.bulk_create([_language(row, text) for source, text in pairs for row in source.languages.all()])
    ClauseRevision.objects.bulk_create([_revision(version, source, text, actor) for source, text in pairs])
    return len(new)


def _language(row: ClauseLanguage, text: ClauseText) -> ClauseLanguage:
    return ClauseLanguage(
        clause_text=text,
        language=row.language,
        state=row.state,
        reviewed_by_id=row.reviewed_by_id,
        reviewed_at=row.reviewed_at,
        basis=row.basis,
    )


def _revision(version: Version, source: ClauseText, text: ClauseText, actor: User) -> ClauseRevision:
    words: dict[str, Any] = {name: getattr(text, name) for name in ("label", "position", "depth", *FACTS)}
    words |= {name: getattr(text, name) or "" for name in COLUMNS}
    words["parent"] = source.parent.clause_id if source.parent else None
    words["themes"] = sorted(theme.code for theme in source.themes.all())
    return ClauseRevision(version=version, clause_id=text.clause_id, number=1, author=actor, words=words)


def summary_words(version: Version) -> dict[str, str]:
    """Return what changed in a version, in short, in each language."""
    return {name: getattr(version, name) or "" for name in SUMMARY}


def summarise_version(*, actor: User, version: Version, seen: str | None = None, **words: str) -> Version:
    """Say in short what changed in a version. Refused once it is frozen.

    `seen` marks what its writer had before them; refused with OverwrittenError where that is no longer what stands.
    """
    require(actor, "standards.steer", version)
    said = {name: clean(words.get(name, "")).strip() for name in SUMMARY}
    with transaction.atomic():
        refuse_overwriting(summary_words(lock_version(version)), said, seen)
        return edit_version(actor=actor, version=version, **said)


def close_draft(*, actor: User, version: Version) -> Version:
    """Freeze a draft by hand, so that it gets its hash and the next version can begin. Refused where it has no clause.

    Refused too where a clause was taken from a source that may not be adapted; and of a final draft, which is closed by the move
    that has seen everything answered.
    """
    require(actor, "standards.steer", version)
    if not version.texts.exists():
        raise DomainError(_("Version %(number)s has no clauses yet: there is nothing to close.") % {"number": version.number})
    if version.kind == VersionKind.FINAL_DRAFT:
        raise DomainError(_("A final draft is closed when the framework moves there, after every guard has been asked."))
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)
        if labels := unlicensed(version):
            raise DomainError(_("Taken from a source that may not be adapted: %(labels)s.") % {"labels": named(labels)})
        return freeze_version(version=version, actor=actor)


def add_erratum(
    *, actor: User, version: Version, language: str, clause_text: ClauseText | None = None, wrong: str = "", right: str = "", **notes: str
) -> Erratum:
    """List a mistake beside a frozen version, of one clause or in general. The frozen text stays as it is.

    Refused: in a draft, which can simply be put right; for a clause of another version; without anything to say; with a
    quotation that does not stand in the clause. The same erratum sent twice is one.
    """
    require(actor, "standards.steer", version)
    wrong, right = clean(wrong).strip(), clean(right).strip()
    said = {f"note_{code}": clean(notes.get(f"note_{code}", "")).strip() for code in COLUMN.values()}
    _refuse_erratum(version, clause_text, language, wrong, [right, *said.values()])
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)  # a form sent twice waits here and finds what the first wrote
        fields = {"version": version, "clause_text": clause_text, "language": language, "wrong": wrong, "right": right, **said}
        if same := Erratum.objects.filter(**fields).first():
            return same
        erratum = Erratum.objects.create(author=actor, **fields)
        audit.record("standards.erratum_added", actor=actor, target=erratum, version=version.pk)
    return erratum


def _refuse_erratum(version: Version, text: ClauseText | None, language: str, wrong: str, said: list[str]) -> None:
    if not version.frozen:
        raise DomainError(_("Version %(number)s is still being written: put it right in the text.") % {"number": version.number})
    if text is not None and text.version_id != version.pk:
        raise DomainError(_("The clause belongs to another version."))
    if not any(said):
        raise DomainError(_("Say how it should read, or explain the mistake."))
    if text is not None and wrong and not _quoted(text, language, wrong):
        raise DomainError(_("These words do not stand in the clause in that language. Copy them from the text."))


def _quoted(text: ClauseText, language: str, words: str) -> bool:
    wanted = " ".join(words.split())
    return any(wanted in " ".join((getattr(text, f"{name}_{language}") or "").split()) for name in WORDS)
