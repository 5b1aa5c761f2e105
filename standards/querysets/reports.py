"""Readings of synopses, and of comments with what became of them: rows ready for reports, letters and records."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString

from red_mpe.core.locale import COLUMN, SITE_LANGUAGE, column_language
from red_mpe.core.text import markdown, redline
from standards.enums import GENERAL, PUBLIC_ANSWERS, AnswerState, CommentState, Disposition, RoundState, TermsSection
from standards.querysets.access import drafts_of, sees_drafts
from standards.querysets.comments import CommentRow, address

KIND_OF = {"AC": "ok", "AM": "ok", "PA": "wait", "NA": "no"}
PARTS = ("asked", "promotion", "remarks", "next_steps")
WORDS = tuple(f"{part}_{column}" for part in PARTS for column in COLUMN.values())
PARAGRAPH = tuple(f"{part}_{column}" for part in ("said", "changed") for column in COLUMN.values())


class SynopsisQuerySet(models.QuerySet[Any]):
    """Synopses."""

    def visible_to(self, user: Any) -> "SynopsisQuerySet":
        """Published ones of visible versions; the secretariat sees all, a committee those it writes."""
        if sees_drafts(user):
            return self
        shown = Q(published_at__isnull=False) & ~Q(consultation__state=RoundState.PLANNED)
        shown &= Q(consultation__version__public=True, consultation__framework__public=True)
        return self.filter(shown | drafts_of(user, "consultation__framework__"))

    def published(self) -> "SynopsisQuerySet":
        """Those that everybody may read."""
        return self.filter(published_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that an answer changed: its words before and after."""

    label: str
    number: str  # of the version in which it reads so
    url: str
    before: str
    after: str
    lang: str

    @property
    def redline(self) -> SafeString:
        """Both as one text with what went and what came marked; worked out when it is asked for."""
        return redline(self.before, self.after)


@dataclass(slots=True)
class Outcome:
    """What became of a comment, as everybody may read it."""

    code: str
    words: str
    kind: str  # of its tag
    reason: str
    lang: str
    section: str  # of the terms of reference
    other: str  # code of the comment in which it is resolved
    other_url: str
    again: str  # the second answer in words, after an objection
    again_reason: str
    changes: list[Changed] = field(default_factory=list)


@dataclass(slots=True)
class Reported:
    """One comment with its place and what became of it; `outcome` is None while no answer is public."""

    comment: CommentRow
    persona: int
    place: str  # label of the clause, empty for the text as a whole
    title: str
    above: str  # code of the comment to which it replies
    proposed: str
    body: str
    outcome: Outcome | None


def in_order(comments: Any) -> Any:
    """Return comments in the order of the text, general ones first, each thread together."""
    position = F("clause_text__position").asc(nulls_first=True)
    return comments.annotate(begin=models.functions.Coalesce("root__serial", "serial")).order_by(position, "begin", "serial")


def report(comments: Any, *, changes: bool = True) -> list[Reported]:
    """Return comments, in the order they come in, with what became of them: seven queries at most, whatever their number.

    Words of withdrawn and hidden comments are left out. With `changes` the clauses that answers changed come along.
    """
    rows = comments.lines()
    values = {value["pk"]: value for value in comments.values(*_VALUES)}
    found = _outcomes([row.pk for row in rows], changes)
    return [_reported(row, values[row.pk], found.get(row.pk)) for row in rows]


_TITLES = tuple(f"clause_text__title_{column}" for column in COLUMN.values())
_VALUES = ("pk", "persona_id", "clause_text__label", "parent__code", "proposed", "body", *_TITLES)


def _reported(row: CommentRow, value: dict[str, Any], outcome: Outcome | None) -> Reported:
    shown = not row.marker
    return Reported(
        comment=row,
        persona=value["persona_id"],
        place=value["clause_text__label"] or "",
        title=first_words(value, "clause_text__title")[0],
        above=value["parent__code"] or "",
        proposed=value["proposed"] if shown else "",
        body=value["body"] if shown else "",
        outcome=outcome,
    )


def first_words(value: dict[str, Any], name: str) -> tuple[str, str]:
    """Return a translated column in the reader's language or else in the first that has words, with the language it is in."""
    columns = (column_language(), *COLUMN.values())
    column = next((one for one in columns if value[f"{name}_{one}"]), columns[0])
    return value[f"{name}_{column}"] or "", SITE_LANGUAGE[column]


_REASONS = tuple(f"{name}reason_{column}" for name in ("", "objection__") for column in COLUMN.values())
_ANSWER = (
    *("pk", "comment_id", "disposition", "state", "terms_section", "duplicate_of__code", "duplicate_of__answer__pk"),
    *("duplicate_of__answer__state", "objection__disposition", *_REASONS),
)


def _outcomes(comments: Sequence[int], with_changes: bool) -> dict[int, Outcome]:
    answers = apps.get_model("standards", "Answer").objects.filter(comment__in=comments, state__in=PUBLIC_ANSWERS)
    values = list(answers.values(*_ANSWER))
    sources = {value["pk"]: _source(value) for value in values}
    changed = _changes(sources.values()) if with_changes else {}
    return {value["comment_id"]: _outcome(value, changed.get(sources[value["pk"]], [])) for value in values}


def _source(value: dict[str, Any]) -> int:
    """The answer whose changes hold: of a duplicate it is that of the other, once it is public."""
    if value["disposition"] == Disposition.DUPLICATE and value["duplicate_of__answer__state"] in PUBLIC_ANSWERS:
        return int(value["duplicate_of__answer__pk"])
    return int(value["pk"])


def _outcome(value: dict[str, Any], changes: list[Changed]) -> Outcome:
    reason, lang = first_words(value, "reason")
    other = value["duplicate_of__code"] or ""
    answered = value["state"] in (AnswerState.ANSWERED, AnswerState.CLOSED) and value["objection__disposition"]
    return Outcome(
        code=value["disposition"],
        words=str(Disposition(value["disposition"]).label),
        kind=KIND_OF.get(value["disposition"], ""),
        reason=reason,
        lang=lang,
        section=str(TermsSection(value["terms_section"]).label) if value["terms_section"] else "",
        other=other,
        other_url=address("comment_detail", other) if other else "",
        again=str(Disposition(value["objection__disposition"]).label) if answered else "",
        again_reason=first_words(value, "objection__reason")[0] if answered else "",
        changes=changes,
    )


_PLACE = ("pk", "clause_id", "version_id", "label", "version__number", "version__framework__slug", "version__previous_id")
_TEXTS = tuple(f"text_{column}" for column in COLUMN.values())


_ROUND = "answer__comment__consultation__version_id"


def _changes(answers: Iterable[int]) -> dict[int, list[Changed]]:
    """Return what answers changed: of each clause its words in that version against those of the round."""
    changes = apps.get_model("standards", "AnswerChange").objects.filter(answer__in=set(answers), version__public=True)
    links = list(changes.order_by("clause_id").values("answer_id", "clause_id", "version_id", _ROUND))
    texts = _texts(links)
    found: dict[int, list[Changed]] = defaultdict(list)
    made: dict[tuple[int, int, int], Changed | None] = {}
    urls = cache(_clause_url)
    for link in links:
        key = (link["clause_id"], link[_ROUND], link["version_id"])
        if key not in made:
            made[key] = _changed(texts.get(key[:2]), texts.get((key[0], key[2])), urls)
        if (change := made[key]) is not None:
            found[link["answer_id"]].append(change)
    return found


def _texts(links: Sequence[dict[str, Any]]) -> dict[tuple[int, int], dict[str, Any]]:
    if not links:
        return {}
    versions = {link["version_id"] for link in links} | {link[_ROUND] for link in links}
    texts = apps.get_model("standards", "ClauseText").objects.filter(clause__in={link["clause_id"] for link in links}, version__in=versions)
    return {(value["clause_id"], value["version_id"]): value for value in texts.order_by().values(*_PLACE, *_TEXTS)}


def _changed(before: dict[str, Any] | None, after: dict[str, Any] | None, urls: Callable[[str, str], list[str]]) -> Changed | None:
    there = after or before
    if there is None:
        return None
    _words, lang = first_words(there, "text")
    column = COLUMN[lang]
    old, new = ((side[f"text_{column}"] or "") if side else "" for side in (before, after))
    return Changed(
        label=there["label"],
        number=there["version__number"] if after else "",
        url=quote(there["label"]).join(urls(there["version__framework__slug"], there["version__number"])),
        before=old,
        after=new,
        lang=lang,
    )


@dataclass(slots=True)
class Told:
    """A paragraph of a synopsis as it is read: its clause, what was said, what changed and why, and the numbers beside it."""

    clause: int | None
    place: str
    title: str
    url: str
    said_text: str
    said_lang: str
    changed_text: str
    changed_lang: str
    comments: int
    outcomes: list[tuple[str, str, int]]
    changes: list[Changed] = field(default_factory=list)

    @property
    def said(self) -> SafeString:
        """What was said, as safe HTML."""
        return markdown(self.said_text)

    @property
    def changed(self) -> SafeString:
        """What changed and why, as safe HTML."""
        return markdown(self.changed_text)

    @property
    def anchor(self) -> str:
        """Where it is on the page."""
        return f"p-{self.place or GENERAL}".replace(".", "-").replace(" ", "-").lower()


def commented(consultation: Any) -> dict[int | None, Counter[str]]:
    """Return for each clause that was commented in a round (None: the text as a whole) its public answers by code; "" has none yet."""
    public = Case(When(answer__state__in=PUBLIC_ANSWERS, then=F("answer__disposition")), default=Value(""), output_field=models.CharField())
    rows = consultation.comments.counted().filter(parent=None).order_by().annotate(outcome=public)
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for clause, code, count in rows.values_list("clause_id", "outcome").annotate(count=Count("pk")):
        found[clause][code] += count
    return found


def paragraphs(synopsis: Any) -> list[Told]:
    """Return the paragraphs of a synopsis in the order of the text, each with its numbers: six queries whatever their number.

    One that is not saved yet has an empty paragraph for each clause that was commented.
    """
    consultation = synopsis.consultation
    rows = synopsis.clauses.order_by().values("clause_id", *PARAGRAPH) if synopsis.pk else ()
    written = {value["clause_id"]: value for value in rows}
    counts, places = commented(consultation), clause_places(consultation)
    order = [None, *places]
    changes = _changes_by_clause(consultation)
    return [
        _told(clause, places.get(clause), written.get(clause), counts.get(clause, Counter()), changes.get(clause, []))
        for clause in order
        if clause in written or clause in counts
    ]


def positions(consultation: Any) -> dict[int | None, tuple[Counter[str], Counter[str]]]:
    """Return for each commented clause how many comments are of which kind, and how many take which stance."""
    rows = consultation.comments.counted().filter(parent=None).order_by()
    found: dict[int | None, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for clause, kind, stance, count in rows.values_list("clause_id", "kind", "stance").annotate(count=Count("pk")):
        kinds, stances = found[clause]
        kinds[kind] += count
        stances[stance] += count
    return found


def report_states(rounds: Any) -> Any:
    """Return rounds with what the list of reports tells of each: comments, public answers, letters, its synopsis begun or public."""
    stands = Q(comments__state=CommentState.SENT, comments__parent=None)
    synopses = apps.get_model("standards", "Synopsis").objects.filter(consultation=OuterRef("pk"))
    letters = apps.get_model("standards", "Letter").objects.filter(synopsis__consultation=OuterRef("pk")).order_by()
    return rounds.select_related("framework__rules", "version").annotate(
        comments_told=Count("comments", filter=stands),
        answers_told=Count("comments", filter=stands & Q(comments__answer__state__in=PUBLIC_ANSWERS)),
        letters_told=Subquery(letters.values("synopsis").annotate(count=Count("pk")).values("count")),
        begun=Exists(synopses),
        published=Subquery(synopses.values("published_at")[:1]),
    )


def clause_places(consultation: Any) -> dict[int | None, dict[str, Any]]:
    """Return label, title and address of every clause of the round's version, in order of reading."""
    titles = [f"title_{column}" for column in COLUMN.values()]
    rows = consultation.version.texts.order_by("position").values("clause_id", "label", *titles)
    start, end = _clause_url(consultation.framework.slug, consultation.version.number)
    return {
        row["clause_id"]: {
            "label": row["label"],
            "title": first_words(row, "title")[0],
            "url": f"{start}{quote(row['label'])}{end}",
        }
        for row in rows
    }


def _clause_url(slug: str, number: str) -> list[str]:
    """Return what stands before and after the label in the addresses of a version's clauses."""
    return reverse("standards:clause_detail", args=[slug, number, "LABEL"]).rsplit("LABEL", 1)


def _told(
    clause: int | None, place: dict[str, Any] | None, written: dict[str, Any] | None, counts: Counter[str], changes: list[Changed]
) -> Told:
    said, said_lang = first_words(written, "said") if written else ("", settings.LANGUAGE_CODE)
    changed, changed_lang = first_words(written, "changed") if written else ("", settings.LANGUAGE_CODE)
    return Told(
        clause=clause,
        place=place["label"] if place else "",
        title=place["title"] if place else "",
        url=place["url"] if place else "",
        said_text=said,
        said_lang=said_lang,
        changed_text=changed,
        changed_lang=changed_lang,
        comments=sum(counts.values()),
        outcomes=[(KIND_OF.get(code, ""), str(Disposition(code).label), counts[code]) for code in Disposition.values if counts[code]],
        changes=changes,
    )


def _changes_by_clause(consultation: Any) -> dict[int | None, list[Changed]]:
    """Return what public answers of the round changed, under the clause on which the comment stood."""
    changes = apps.get_model("standards", "AnswerChange").objects.filter(
        answer__comment__consultation=consultation, answer__state__in=PUBLIC_ANSWERS, version__public=True
    )
    rows = list(changes.order_by("version_id").values_list("answer__comment__clause_id", "clause_id", "version_id").distinct())
    texts = _texts([{"clause_id": clause, "version_id": version, _ROUND: consultation.version_id} for _on, clause, version in rows])
    found: dict[int | None, list[Changed]] = defaultdict(list)
    urls = cache(_clause_url)
    for on, clause, version in rows:
        if change := _changed(texts.get((clause, consultation.version_id)), texts.get((clause, version)), urls):
            found[on].append(change)
    return found
