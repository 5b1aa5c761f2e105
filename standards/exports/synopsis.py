"""The synopsis as a document and as a spreadsheet: what the page says, with every comment and its answer."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from members.models.texts import told
from red_mpe.core import press
from red_mpe.core.blocks import blocks
from red_mpe.core.locale import zone
from red_mpe.core.sheets import Sheet, xlsx
from red_mpe.core.text import changes
from standards.actions.synopses import figures_of, part_name
from standards.exports import figures
from standards.models import Comment, Synopsis
from standards.querysets.reports import PARTS, Changed, Outcome, Reported, Told, in_order, paragraphs, report

PATIENCE = 200  # seconds: 5,000 comments are about 900 pages, 9 s of one processor


def numbers(synopsis: Synopsis) -> dict[str, Any]:
    """Return the figures kept when it was published, or as they are now."""
    return synopsis.figures if synopsis.published_at else figures_of(synopsis.consultation)


def annex(consultation: Any, *, with_changes: bool = True) -> list[Reported]:
    """Return every comment of a round in the order of the text, with its public answer."""
    return report(in_order(Comment.objects.filter(consultation=consultation)), changes=with_changes)


def pdf(synopsis: Synopsis, language: str) -> bytes:
    """Return the whole synopsis as a PDF in one language."""
    with translation.override(language):
        return press.pdf("standards/synopsis", document(synopsis), title=title_of(synopsis), language=language, patience=PATIENCE)


def title_of(synopsis: Synopsis) -> str:
    """“Synopsis of round 1: Framework”."""
    consultation = synopsis.consultation
    return _("Synopsis of round %(number)s: %(framework)s") % {
        "number": consultation.number,
        "framework": told(consultation.framework, "title"),
    }


def document(synopsis: Synopsis) -> dict[str, Any]:
    """Return what the template of the document sets, as plain JSON in the present language."""
    consultation = synopsis.consultation
    numbers_told = figures.tell(numbers(synopsis))
    return {
        "kicker": standing(synopsis),
        "below": below(consultation),
        "running": title_of(synopsis),
        "words": _document_words(),
        "sections": sections(synopsis),
        "facts": numbers_told.facts,
        "tables": [_table(table) for table in numbers_told.tables],
        "influence": [[row.label, _hidden(row.accepted), _hidden(row.whole), _percent(row)] for row in numbers_told.influence],
        "uneven": numbers_told.uneven,
        "clauses": [_clause(paragraph) for paragraph in paragraphs(synopsis)],
        "corrections": corrections(synopsis),
        "annex": _by_place(annex(consultation)),
    }


def standing(synopsis: Synopsis) -> str:
    """Say since when it is public, or that it is not."""
    if synopsis.published_at is None:
        return _("Draft, not public")
    return _("Public since %(day)s") % {"day": date_format(localdate(synopsis.published_at, zone(synopsis.consultation.time_zone)))}


def below(consultation: Any) -> list[str]:
    """Say what was open, from when to when."""
    days = {"opens": date_format(consultation.opens_on), "closes": date_format(consultation.closes_on), "days": consultation.days}
    return [
        _("Version %(number)s") % {"number": consultation.version.number},
        _("Open from %(opens)s to %(closes)s, %(days)s days") % days,
        *([f"SHA-256 {consultation.version.sha256}"] if consultation.version.sha256 else []),
    ]


def sections(synopsis: Synopsis) -> list[dict[str, Any]]:
    """Return the written sections with their titles, as blocks."""
    return [
        {"key": part, "title": section_title(part), "body": blocks(told(synopsis, part).text)} for part in PARTS if told(synopsis, part)
    ]


def section_title(part: str) -> str:
    """Return the title of a section."""
    name = part_name(part)
    return name[:1].upper() + name[1:]


def corrections(synopsis: Synopsis) -> list[list[str]]:
    """Return what was put right after publication: day, where, why."""
    clock = zone(synopsis.consultation.time_zone)
    labels = dict(synopsis.consultation.version.texts.values_list("clause_id", "label"))
    rows: Iterator[Model] = synopsis.corrections.all().iterator()
    return [[date_format(localdate(row.at, clock)), labels.get(row.clause_id, ""), row.note] for row in rows]  # type: ignore[attr-defined]


def _document_words() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "who": _("Who took part"),
        "not_votes": _("These counts say who was heard. They are not votes."),
        "influence": _("What was taken up, by chamber"),
        "clauses": _("Clause by clause"),
        "said": _("What was said"),
        "changed": _("What changed and why"),
        "corrections": _("Put right since then"),
        "annex": _("Annex: every comment and its answer"),
        "proposed": _("Proposed wording"),
        "waiting": _("No public answer yet"),
        "people": _("People"),
        "comments": _("Comments"),
        "target": _("Target"),
        "accepted": _("Taken up"),
        "whole": _("Substantive comments"),
        "share": _("Share taken up"),
        "chamber": _("Chamber"),
        "general": _("General comments"),
    }


def _hidden(value: int | None) -> str:
    return "–" if value is None else str(value)


def _percent(row: figures.Influence) -> str:
    return "–" if row.percent is None else f"{row.percent} %"


def _table(table: figures.Table) -> dict[str, Any]:
    rows = [[row.label, _hidden(row.people), _hidden(row.comments), "" if row.target is None else str(row.target)] for row in table.rows]
    return {
        "caption": table.caption,
        "heading": table.heading,
        "targets": any(row.target is not None for row in table.rows),
        "rows": rows,
        "note": hidden_words() if table.hides else "",
    }


def hidden_words() -> str:
    """Say why a cell is empty."""
    return _("– stands where so few people would be recognisable.")


def _clause(paragraph: Told) -> dict[str, Any]:
    return {
        "title": f"{paragraph.place} {paragraph.title}".strip() or _("General comments"),
        "count": ngettext("%(count)s comment", "%(count)s comments", paragraph.comments) % {"count": paragraph.comments},
        "outcomes": [f"{words}: {count}" for _kind, words, count in paragraph.outcomes],
        "said": blocks(paragraph.said_text),
        "changed": blocks(paragraph.changed_text),
        "changes": [_change(change) for change in paragraph.changes],
    }


def _change(change: Changed) -> dict[str, Any]:
    return {"title": change_title(change), "pieces": changes(change.before, change.after)}


def change_title(change: Changed) -> str:
    """Say which clause it is and in which version it reads so, or that it went."""
    words = _("Clause %(label)s in version %(number)s") if change.number else _("Clause %(label)s was retired")
    return words % {"label": change.label, "number": change.number}


def _by_place(rows: list[Reported]) -> list[list[Any]]:
    """Put the comments under the clauses on which they stand, in the order they come in."""
    return [[place, [_comment(row) for row in some]] for place, some in groupby(rows, lambda row: f"{row.place} {row.title}".strip())]


def _comment(row: Reported) -> dict[str, Any]:
    comment = row.comment
    facts = [comment.byline, comment.chamber, comment.kind, comment.stance, comment.day_words, _language(comment.language)]
    return {
        "code": comment.code,
        "line": " · ".join(fact for fact in [*facts, _("late") if comment.late else ""] if fact),
        "above": _("in answer to %(code)s") % {"code": row.above} if row.above else "",
        "body": (comment.marker or row.body).strip(),
        "proposed": row.proposed,
        "outcome": _outcome(row.outcome) if row.outcome else ([] if row.above or comment.marker else [_("No public answer yet")]),
    }


def _outcome(outcome: Outcome) -> list[str]:
    head = f"{outcome.code} · {outcome.words}" + (f" ({outcome.other})" if outcome.other else "")
    again = f"{_('Second answer')}: {outcome.again}. {outcome.again_reason}".strip() if outcome.again else ""
    section = _("Terms of reference: %(section)s") % {"section": outcome.section} if outcome.section else ""
    links = ", ".join(f"{change.label} ({change.number})" for change in outcome.changes)
    return [
        part for part in (head, outcome.reason, section, _("Changed: %(clauses)s") % {"clauses": links} if links else "", again) if part
    ]


def _language(code: str) -> str:
    return "" if code == get_language() else dict(settings.LANGUAGES)[code]


def spreadsheet(synopsis: Synopsis, language: str) -> bytes:
    """Return the figures, the paragraphs and every comment with its answer as a workbook in one language."""
    with translation.override(language):
        comments = Sheet(_("Comments"), comment_head(), comment_rows(annex(synopsis.consultation)), _WIDE)
        return xlsx([*_figure_sheets(synopsis), _clause_sheet(synopsis), comments])


_WIDE = (18, 10, 24, 18, 24, 14, 10, 10, 12, 8, 50, 40, 8, 22, 50, 18, 20)


def comment_head() -> list[str]:
    """Name the columns of `comment_rows`."""
    return [
        *(_("Code"), _("Clause"), _("Title"), _("Reply to"), _("Shown as"), _("Chamber"), _("Kind"), _("Stance"), _("Day"), _("Language")),
        *(_("Comment"), _("Proposed wording"), _("Answer code"), _("Answer"), _("Reason"), _("Resolved in"), _("Changed clauses")),
    ]


def comment_rows(rows: list[Reported]) -> Iterator[list[Any]]:
    """Give one row a comment: only what everybody may see, days and no hours."""
    for row in rows:
        comment, outcome = row.comment, row.outcome
        yield [
            *(comment.code, row.place, row.title, row.above, comment.byline, comment.chamber, comment.kind, comment.stance),
            *(comment.day.isoformat(), comment.language, comment.marker or row.body, row.proposed),
            *((outcome.code, outcome.words, outcome.reason, outcome.other) if outcome else ("", "", "", "")),
            ", ".join(f"{change.label} ({change.number})" for change in outcome.changes) if outcome else "",
        ]


def _clause_sheet(synopsis: Synopsis) -> Sheet:
    head = [_("Clause"), _("Title"), _("Comments"), _("Answers"), _("What was said"), _("What changed and why")]
    rows = (
        [part.place, part.title or _("General comments"), part.comments, outcome_words(part), part.said_text, part.changed_text]
        for part in paragraphs(synopsis)
    )
    return Sheet(_("Clauses"), head, rows, (10, 30, 10, 30, 60, 60))


def outcome_words(paragraph: Told) -> str:
    """Say how many comments on the clause came to what."""
    return ", ".join(f"{words}: {count}" for _kind, words, count in paragraph.outcomes)


def _figure_sheets(synopsis: Synopsis) -> list[Sheet]:
    numbers_told = figures.tell(numbers(synopsis))
    sections_told = [(section_title(part), told(synopsis, part).text) for part in PARTS]
    first = Sheet(_("Synopsis"), ["", title_of(synopsis)], [*sections_told, *numbers_told.facts], (36, 100))
    return [first, Sheet(_("Who took part"), figure_head(), figure_rows(numbers_told), (30, 34, 12, 12, 12))]


def figure_head() -> list[str]:
    """Name the columns of `figure_rows`."""
    return [_("Table"), _("Group"), _("People"), _("Comments"), _("Target")]


def figure_rows(numbers_told: figures.Told) -> Iterator[list[Any]]:
    """Give one row a cell; what is hidden is empty."""
    for table in numbers_told.tables:
        for row in table.rows:
            yield [table.caption, row.label, row.people, row.comments, row.target]
    for line in numbers_told.influence:
        yield [_("What was taken up, by chamber"), line.label, line.accepted, line.whole, None]
