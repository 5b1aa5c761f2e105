"""Importing a real document: first a plan that anybody can look at, then everything in one transaction, or nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line, excerpt
from red_mpe.core.validators import WORDS_OF_A_CLAUSE
from standards.actions.changelog import write_change_log
from standards.actions.revisions import LANGUAGES, keep_revisions, snapshot
from standards.actions.texts import label_is_reserved, refuse_frozen, render_text
from standards.enums import Stage, TextState, VersionKind
from standards.models import Clause, ClauseLanguage, ClauseText, Framework, ProcessRules, Version
from standards.readers import Entry, Outline, Problem, align

_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class PlannedClause:
    """What will happen to one entry of the document: a new clause, words for a clause that is there, or nothing."""

    entry: Entry
    fate: str  # "new", "matched" or "unknown"

    @property
    def words(self) -> str:
        """The beginning of heading and text, for the tree that a person checks."""
        return excerpt(f"{self.entry.heading} {self.entry.text}", 110)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is written by making it."""

    outline: Outline
    language: str  # column: es, en, pt
    version: Version | None
    clauses: list[PlannedClause]
    missing: list[str]  # labels of the version for which the document has no words
    refusals: list[str] = field(default_factory=list)  # why it cannot be written

    @property
    def begins(self) -> bool:
        """It makes the clauses; otherwise it puts words into those that are there."""
        return all(clause.fate == "new" for clause in self.clauses)

    @property
    def problems(self) -> list[Problem]:
        return self.outline.problems

    @property
    def unknown(self) -> list[PlannedClause]:
        """Entries of a second language that have no partner: they are reported and not written."""
        return [clause for clause in self.clauses if clause.fate == "unknown"]


def next_number(framework: Framework | None) -> str:
    """Return the number under which a document goes in when none is given: the draft that is open, else the next one."""
    last = framework.versions.order_by("-pk").first() if framework else None
    if last is None:
        return "0.1"
    if not last.frozen:
        return last.number
    major, minor = last.number.split(".")
    return f"{major}.{int(minor) + 1}"


def plan_import(*, outline: Outline, framework: Framework | None, number: str, language: str) -> ImportPlan:
    """Return what importing `outline` would do. `language` is a language of the site (es, en, pt-br).

    Into a version that has clauses already the document is laid beside them by label; otherwise it makes the clauses.
    """
    column = COLUMN[language]
    version = framework.versions.filter(number=number).first() if framework else None
    labels = list(version.texts.order_by("position").values_list("label", flat=True)) if version else []
    refusals = _refusals(outline, version, number)
    if not labels:
        return ImportPlan(outline, column, version, [PlannedClause(entry, "new") for entry in outline.walk()], [], refusals)
    pairs = align(labels, outline)
    known = {id(entry) for entry in pairs.matched.values()}
    clauses = [PlannedClause(entry, "matched" if id(entry) in known else "unknown") for entry in outline.walk()]
    return ImportPlan(outline, column, version, clauses, pairs.missing_in_second, refusals)


def _refusals(outline: Outline, version: Version | None, number: str) -> list[str]:
    found = []
    if not _NUMBER.fullmatch(number):
        found.append(_("“%(number)s” is no version: write two numbers with a point between, for instance 0.2.") % {"number": number})
    if version and version.frozen:
        found.append(_("Version %(number)s is frozen: its text never changes. Write in the next version.") % {"number": version.number})
    if not outline.entries:
        found.append(_("No numbered clause was found in the document."))
    return found + [words % {"labels": ", ".join(labels[:12])} for words, labels in _faults(outline) if labels]


def _faults(outline: Outline) -> list[tuple[str, list[str]]]:
    """Words and labels for each kind of entry that cannot be written."""
    entries = list(outline.walk())
    times = Counter(entry.label.casefold() for entry in entries)
    return [
        (
            _("The document uses these numbers twice: %(labels)s. Number them apart and import it again."),
            list(dict.fromkeys(entry.label for entry in entries if times[entry.label.casefold()] > 1)),
        ),
        (
            _("The number or heading of these clauses is too long: %(labels)s."),
            [entry.label for entry in entries if len(entry.label) > 24 or len(entry.heading) > 300],
        ),
        (
            _("The text of these clauses is too long: %(labels)s. Number their parts."),
            [entry.label for entry in entries if len(entry.text) > WORDS_OF_A_CLAUSE],
        ),
        (_("These numbers cannot stand in an address: %(labels)s."), [entry.label for entry in entries if label_is_reserved(entry.label)]),
    ]


def write_import(*, actor: User | None, plan: ImportPlan, framework: Framework | None, slug: str, number: str) -> Version:
    """Write what `plan` says in one transaction. Refused, with every reason, when the plan has refusals.

    Without an actor it is the command line that imports. A framework that does not exist yet is begun, not public.
    """
    if actor is not None:
        require(actor, "standards.write_text", framework)
    if plan.refusals:
        raise DomainError(" ".join(plan.refusals))
    with transaction.atomic():
        framework = framework or begin_framework(slug=slug, title=plan.outline.title, language=plan.language)
        version = plan.version or _next_version(framework, number)
        refuse_frozen(Version.objects.select_for_update().get(pk=version.pk))
        if version.texts.exists() == plan.begins:
            raise StaleState
        _introduce(framework, plan)
        count = _write_clauses(version, plan, actor) if plan.begins else _add_language(version, plan, actor)
        write_change_log(version)  # a document also tells by what it leaves out
        audit.record("standards.document_imported", actor=actor, target=version, language=plan.language, clauses=count)
    return version


def _next_version(framework: Framework, number: str) -> Version:
    """Begin a version after the present one; two imports at once do not begin it twice."""
    Framework.objects.select_for_update().get(pk=framework.pk)
    if framework.versions.filter(number=number).exists():
        raise StaleState
    previous = framework.versions.order_by("-pk").first()
    return Version.objects.create(framework=framework, number=number, kind=VersionKind.WORKING, previous=previous)


def _introduce(framework: Framework, plan: ImportPlan) -> None:
    """What stands before the first clause introduces the framework, where nobody has written an introduction yet."""
    column = f"introduction_{plan.language}"
    if plan.outline.preface and not getattr(framework, column):
        Framework.objects.filter(pk=framework.pk).update(**{column: clean(plan.outline.preface).strip()})


def begin_framework(*, slug: str, title: str, language: str) -> Framework:
    """Make a framework in drafting that nobody but the secretariat sees. Refused with a slug that cannot stand in an address."""
    try:
        Framework._meta.get_field("slug").clean(slug, None)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    rules = ProcessRules.objects.create(required_languages=list(LANGUAGES))
    words = {f"title_{language}": clean_line(title)[:200] or slug}
    return Framework.objects.create(
        slug=slug, code=_free_code(slug), stage=Stage.DRAFTING, authentic_language=language, rules=rules, **words
    )


def _free_code(slug: str) -> str:
    """Return a code for the comments of a framework that no other has."""
    start = slug.replace("-", "").replace("_", "").upper()
    codes = (start[: 12 - len(end)] + end for end in ("", *map(str, range(2, 1000))))
    return next(code for code in codes if not Framework.objects.filter(code=code).exists())


def _known_clauses(framework: Framework) -> dict[str, int]:
    """Return the clause that each label means now: that of the last version which has it, unless it was renumbered since."""
    label_of: dict[int, str] = {}
    known: dict[str, int] = {}
    rows = ClauseText.objects.filter(version__framework=framework).order_by("version_id", "position").values_list("clause_id", "label")
    for clause, label in rows:
        if known.get(label_of.get(clause, label)) == clause:
            del known[label_of.get(clause, label)]
        known[label], label_of[clause] = clause, label
    return known


def _write_clauses(version: Version, plan: ImportPlan, actor: User | None) -> int:
    """Make every clause; one whose label an earlier version has keeps that identity."""
    known, marked = _known_clauses(version.framework), _marked_clauses(version)
    texts: dict[int, ClauseText] = {}
    fresh = [Clause(framework=version.framework) for clause in plan.clauses if clause.entry.label not in known]
    new = iter(Clause.objects.bulk_create(fresh))
    for position, (entry, parent) in enumerate(_with_parents(plan.outline.entries, None)):
        clause_id = known[entry.label] if entry.label in known else next(new).pk
        texts[id(entry)] = _text(version, entry, position, clause_id, plan.language, 0 if parent is None else texts[id(parent)].depth + 1)
        texts[id(entry)].forbids_adaptation = clause_id in marked
    ClauseText.objects.bulk_create(texts.values())
    _set_parents(plan.outline.entries, texts)
    _set_languages(list(texts.values()), plan.language)
    keep_revisions(version=version, texts=list(texts.values()), actor=actor)
    return len(texts)


def _marked_clauses(version: Version) -> set[int]:
    """The clauses that the version before took from a source that may not be adapted: a document does not say so again."""
    return set(ClauseText.objects.filter(version=version.previous_id, forbids_adaptation=True).values_list("clause", flat=True))


def _with_parents(entries: Sequence[Entry], parent: Entry | None) -> Iterator[tuple[Entry, Entry | None]]:
    for entry in entries:
        yield entry, parent
        yield from _with_parents(entry.children, entry)


def _text(version: Version, entry: Entry, position: int, clause_id: int, language: str, depth: int) -> ClauseText:
    text = ClauseText(version=version, clause_id=clause_id, position=position, depth=depth, label=entry.label, level=entry.level)
    _put_words(text, entry, language)
    return text


def _put_words(text: ClauseText, entry: Entry, language: str) -> None:
    setattr(text, f"title_{language}", clean_line(entry.heading))
    setattr(text, f"text_{language}", clean(entry.text).strip())
    render_text(text)


def _set_parents(entries: Sequence[Entry], texts: dict[int, ClauseText]) -> None:
    children = []
    for entry, parent in _with_parents(entries, None):
        if parent is not None:
            texts[id(entry)].parent = texts[id(parent)]
            children.append(texts[id(entry)])
    ClauseText.objects.bulk_update(children, ["parent"])


def _set_languages(texts: list[ClauseText], language: str) -> None:
    rows = [ClauseLanguage(clause_text=text, language=code) for text in texts for code in LANGUAGES]
    ClauseLanguage.objects.bulk_create(rows, ignore_conflicts=True)
    ClauseLanguage.objects.filter(clause_text__in=texts, language=language).update(
        state=TextState.DRAFT, reviewed_by=None, reviewed_at=None
    )


def _add_language(version: Version, plan: ImportPlan, actor: User | None) -> int:
    """Put the words of a second language into the clauses with the same label; changing the authentic one makes the others stale."""
    texts = {text.label: text for text in version.texts.all()}
    pairs = align(list(texts), plan.outline)
    before = snapshot(texts[label].pk for label in pairs.matched)
    changed = [texts[label] for label, entry in pairs.matched.items() if _put_other_words(texts[label], entry, plan.language)]
    columns = [f"{name}_{plan.language}" for name in ("title", "text", "text_html")]
    ClauseText.objects.bulk_update(changed, columns)
    _set_languages(changed, plan.language)
    if plan.language == version.framework.authentic_language:
        stale = ClauseLanguage.objects.filter(clause_text__in=changed, state=TextState.REVIEWED).exclude(language=plan.language)
        stale.update(state=TextState.STALE)
    keep_revisions(version=version, texts=changed, actor=actor, before=before)
    return len(pairs.matched)


def _put_other_words(text: ClauseText, entry: Entry, language: str) -> bool:
    """Put the words into the clause and tell whether they are others than before: what has not changed stays reviewed."""
    columns = (f"title_{language}", f"text_{language}")
    before = [getattr(text, column) or "" for column in columns]
    _put_words(text, entry, language)
    return before != [getattr(text, column) for column in columns]
