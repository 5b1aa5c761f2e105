"""Readings of clause texts: rows ready for pages of two hundred clauses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from red_mpe.core.locale import COLUMN, column_language
from red_mpe.core.text import trusted
from standards.enums import CommentState, Level, RequirementClass, Responsible, TextState, VerbalForm
from standards.querysets.access import drafts_of, sees_drafts

_KIND_OF_CLASS = {"entry": "entry", "progress": "progress"}
_HEADINGS = {Level.PART: 2, Level.PRINCIPLE: 2, Level.CRITERION: 3, Level.ANNEX: 2}
_NAMES = dict(settings.LANGUAGES)
SITE_LANGUAGE = {column: code for code, column in COLUMN.items()}
_COLUMNS = ("title", "text_html", "plain")


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause as a page shows it, in the reader's language or, marked, in the original."""

    pk: int
    label: str
    anchor: str
    level: str
    heading: int  # 2 or 3 for what only groups others, else 0
    depth: int
    title: str
    text: SafeString
    plain: str
    lang: str  # language of the text shown, as in `lang`
    foreign: str  # name of that language where it is not the reader's, else ""
    stale: bool
    tags: tuple[tuple[str, str], ...]  # kind of tag, words
    comments: int
    comments_label: str
    url: str
    comment_url: str
    thread_url: str
    below: int = field(default=0)  # comments in the clauses under it, for the contents


@dataclass(frozen=True, slots=True)
class ClauseMark:
    """What the contents of a page say of a clause, and by what its rendered words are known to be still right."""

    pk: int
    label: str
    anchor: str
    level: str
    heading: int
    depth: int
    title: str
    written: str  # changes with every change of the row
    stale: bool
    comments: int
    below: int


class Written(Func):
    """Which writing of the row this is: PostgreSQL gives each a transaction and a place, whoever changed it and by whatever road."""

    output_field = models.TextField()

    def __init__(self) -> None:
        super().__init__(F("pk"))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        """Return both, from the very table the row's key is read from."""
        key: Any = self.source_expressions[0]
        table = compiler.quote_name_unless_alias(key.alias)
        return f"({table}.xmin || ' ' || {table}.ctid)", []


class ClauseTextQuerySet(models.QuerySet[Any]):
    """Clause texts."""

    def visible_to(self, user: Any) -> "ClauseTextQuerySet":
        """Those of visible versions."""
        if sees_drafts(user):
            return self
        return self.filter(Q(version__public=True, version__framework__public=True) | drafts_of(user, "version__framework__"))

    def for_detail(self) -> "ClauseTextQuerySet":
        """With what the clause's own page shows."""
        names = ("Erratum", "CarryForward", "Comment", "ClauseLineage", "ClauseEvidence", "SessionClause")
        errata, carried, comments, lineage, evidence, sessions = (apps.get_model("standards", name).objects for name in names)
        of_it = Q(clause=OuterRef("clause"))
        rows = self.annotate(
            has_errata=Exists(errata.filter(clause_text=OuterRef("pk"))),
            has_evidence=Exists(evidence.filter(of_it, version=OuterRef("version"))),
            has_meetings=Exists(sessions.filter(of_it).recent()),
            has_carried=Exists(carried.filter(of_it, version=OuterRef("version"))),
            has_voices=Exists(comments.filter(of_it).exclude(clause_text=OuterRef("pk"))),  # on other wordings of it
            has_family=Exists(lineage.filter(of_it | Q(other=OuterRef("clause")), other__isnull=False)),
        )
        return rows.select_related("clause", "version__framework__rules", "parent").prefetch_related("themes", "languages")

    def coverage(self) -> list[dict[str, Any]]:
        """Return for each language how many of these clauses there are, have words, are reviewed and are stale: two queries."""
        columns = COLUMN.values()
        has = {code: Q(**{f"title_{code}__gt": ""}) | Q(**{f"text_{code}__gt": ""}) for code in columns}
        told = self.order_by().aggregate(total=Count("pk"), **{code: Count("pk", filter=has[code]) for code in columns})
        states = self.order_by().values_list("languages__language", "languages__state").annotate(count=Count("pk"))
        marks = {(code, state): count for code, state, count in states}
        return [
            {
                "language": code,
                "total": told["total"],
                "written": told[code],
                "reviewed": marks.get((code, TextState.REVIEWED), 0),
                "stale": marks.get((code, TextState.STALE), 0),
            }
            for code in columns
        ]

    def marks(self, version: Any) -> list[ClauseMark]:
        """Return every clause of `version` without its words, in order of reading: one query whatever the length."""
        shown, original = column_language(), version.framework.authentic_language
        titles = [f"title_{language}" for language in COLUMN.values()]
        said = {f"said_{language}": Q(**{f"text_html_{language}__gt": ""}) for language in COLUMN.values()}
        told = {"stale": self._is_stale(shown), "told": self._told()}
        values = self.filter(version=version).order_by("position").annotate(**said, **told, written=Written())
        rows = list(values.values("pk", "label", "level", "depth", "written", *told, *said, *titles))
        sums = _sums([(row["depth"], row["told"] or 0) for row in rows])
        order = (shown, original, *COLUMN.values())
        return [_mark(row, order, below) for row, below in zip(rows, sums, strict=True)]

    def rows(self, version: Any) -> list[ClauseRow]:
        """Return every clause of `version` in order of reading, with comment counts: three queries whatever the length."""
        shown, original = column_language(), version.framework.authentic_language
        columns = [f"{name}_{language}" for name in _COLUMNS for language in COLUMN.values()]
        values = ("pk", "label", "level", "depth", "verbal_form", "requirement_class", "deadline_months", "responsible", *columns)
        counts, stale = self._counts(version), self._stale(version, shown)
        build = _RowBuilder(version, shown, original, counts, stale)
        return build.rows(self.filter(version=version).order_by("position").values(*values))

    def _counts(self, version: Any) -> dict[int, int]:
        """Comments and replies per clause text, without withdrawn and hidden ones."""
        rows = self._standing().filter(clause_text__version=version)
        return dict(rows.values_list("clause_text").annotate(told=Count("pk")))

    def _told(self) -> Subquery:
        """Return the same for the clause text of a row, or NULL for none."""
        here = self._standing().filter(clause_text=OuterRef("pk")).values("clause_text")
        return Subquery(here.annotate(told=Count("pk")).values("told"))

    def _standing(self) -> models.QuerySet[Any]:
        comments = self.model._meta.get_field("comments").related_model._default_manager
        found: models.QuerySet[Any] = comments.filter(state=CommentState.SENT).order_by()
        return found

    def _is_stale(self, language: str) -> Exists:
        """Return whether the translation of a row's clause text is older than the original."""
        states = self.model._meta.get_field("languages").related_model._default_manager
        return Exists(states.filter(clause_text=OuterRef("pk"), language=language, state=TextState.STALE))

    def _stale(self, version: Any, language: str) -> set[int]:
        """Clause texts whose translation is older than the original."""
        rows = self.filter(version=version, languages__language=language, languages__state=TextState.STALE)
        return set(rows.order_by().values_list("pk", flat=True))


def anchor(label: str) -> str:
    """Return the id that a clause has on the page: `c-2-3-1`."""
    return "c-" + label.replace(".", "-").replace(" ", "-").lower()


def language_of(value: Mapping[str, Any], order: Sequence[str], field: str = "text") -> str:
    """Return the first column of `order` in which the clause has its words: its text, or for a mere heading its title."""
    said = [code for code in order if value[f"{field}_{code}"]] or [code for code in order if value[f"title_{code}"]]
    return said[0] if said else order[0]


class _RowBuilder:
    """Makes the rows of one page; words and addresses that repeat are made once."""

    def __init__(self, version: Any, shown: str, original: str, counts: dict[int, int], stale: set[int]) -> None:
        self.order = (shown, original, *COLUMN.values())
        self.shown, self.counts, self.stale = shown, counts, stale
        place = [version.framework.slug, version.number, "LABEL"]
        names = ("clause_detail", "clause_comment", "clause_thread")
        self.urls = [reverse(f"standards:{name}", args=place).split("LABEL") for name in names]
        self.classes = {value: str(label) for value, label in RequirementClass.choices}
        self.forms = {value: str(label) for value, label in VerbalForm.choices}
        self.people = {value: str(label) for value, label in Responsible.choices}

    def rows(self, values: Iterable[dict[str, Any]]) -> list[ClauseRow]:
        rows = [self.row(value) for value in values]
        return [replace(row, below=below) for row, below in zip(rows, _sums([(row.depth, row.comments) for row in rows]), strict=True)]

    def row(self, value: dict[str, Any]) -> ClauseRow:
        language = language_of(value, self.order, "text_html")
        site = SITE_LANGUAGE[language]
        told = self.counts.get(value["pk"], 0)
        url, comment_url, thread_url = (quote(value["label"]).join(parts) for parts in self.urls)
        return ClauseRow(
            pk=value["pk"],
            label=value["label"],
            anchor=anchor(value["label"]),
            level=value["level"],
            heading=_HEADINGS.get(value["level"], 0),
            depth=value["depth"],
            title=value[f"title_{language}"] or "",
            text=trusted(value[f"text_html_{language}"] or ""),
            plain=value[f"plain_{language}"] or "",
            lang=site,
            foreign="" if language == self.shown else _NAMES[site],
            stale=value["pk"] in self.stale,
            tags=self.tags(value),
            comments=told,
            comments_label=ngettext("%(told)s comment", "%(told)s comments", told) % {"told": told} if told else "",
            url=url,
            comment_url=comment_url,
            thread_url=thread_url,
        )

    def tags(self, value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        found = []
        if kind := value["requirement_class"]:
            months = value["deadline_months"]
            wait = " · " + ngettext("%(months)s month", "%(months)s months", months) % {"months": months} if months else ""
            found.append((_KIND_OF_CLASS.get(kind, ""), self.classes[kind] + wait))
        if form := value["verbal_form"]:
            found.append(("", self.forms[form]))
        if people := value["responsible"]:
            found.append(("", " · ".join(self.people[person] for person in people)))
        return tuple(found)


def _mark(row: dict[str, Any], order: Sequence[str], below: int) -> ClauseMark:
    return ClauseMark(
        pk=row["pk"],
        label=row["label"],
        anchor=anchor(row["label"]),
        level=row["level"],
        heading=_HEADINGS.get(row["level"], 0),
        depth=row["depth"],
        title=row[f"title_{language_of(row, order, 'said')}"] or "",
        written=row["written"],
        stale=row["stale"],
        comments=row["told"] or 0,
        below=below,
    )


def _sums(rows: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each (depth, comments) the comments of the clause itself and of those deeper that follow it."""
    sums: list[int] = []
    above: list[int] = []  # places of the clauses that the present one is under
    for place, (depth, comments) in enumerate(rows):
        while above and rows[above[-1]][0] >= depth:
            above.pop()
        above.append(place)
        sums.append(0)
        for each in above:
            sums[each] += comments
    return sums
