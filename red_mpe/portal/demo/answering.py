"""Answers of the demonstration: assigned, written, folded, validated by a second person, published, objected to and answered again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from members.models import Person, User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.reading import rows
from standards.actions.answers import (
    AnswerWords,
    Links,
    add_note,
    answer_again,
    assign_answer,
    close_answers,
    fold_comments,
    group_comments,
    object_to_answer,
    publish_answer,
    save_template,
    validate_answer,
    write_answer,
)
from standards.actions.carrying import carry_comments
from standards.enums import AnswerState
from standards.models import Answer, Clause, Comment, Consultation, Framework, Version

Row = dict[str, Any]
FIRST_DAY, LAST_DAY = 36, 18  # days ago between which the answers to the closed round were written
VALIDATED_DAY, CARRIED_DAY, PUBLISHED_DAY = 15, 14, 10  # from the last of these days back, a quarter of the answers a day
EARLY_DAY = 25  # on which a few were published before


@dataclass
class Answering:
    """Answers the comments of one round with the people of its committee."""

    consultation: Consultation
    people: dict[str, Person]
    said: dict[str, Comment]
    chair: User

    def user(self, slug: str) -> User:
        """Return the account of somebody of the cast."""
        return self.people[slug].user

    def group(self, title: str, made_by: str, keys: Iterable[str]) -> None:
        """Put comments that say something alike into one group."""
        comments = [self.said[key] for key in keys]
        _group, outcome = group_comments(actor=self.user(made_by), consultation=self.consultation, comments=comments, title=title)
        assert not outcome.refused, outcome.refused

    def write(self, key: str, row: Row, links: Links | None = None) -> Answer:
        """Write the answer of a row."""
        words = AnswerWords(
            row["disposition"],
            row["reason"],
            duplicate_of=self.said[row["of"]] if "of" in row else None,
            terms_section=row.get("section", ""),
            links=links,
        )
        return write_answer(actor=self.user(row["writer"]), comment=self.said[key], words=words, revision=0)


def answer_closed_round(work: Answering, version: Version, pattern: str) -> None:
    """Answer every comment that stands in a closed round, with the changes in `version`; all but a few early ones on one day."""
    answered = {row["key"]: row["answer"] for row in rows(pattern, "comment") if "answer" in row}
    _gather(work, answered, rows(pattern, "group"))
    written = _write_all(work, answered, _clauses(version), version)
    _fold(work, answered)
    for key, answer in written.items():
        row = answered[key]
        with at(days_ago(EARLY_DAY + 3 if row.get("early") else VALIDATED_DAY)):
            validate_answer(actor=work.user(row["validator"]), answer=answer)
    _carry(work, answered, version)
    _publish_all(work, answered, written)


def _clauses(version: Version) -> dict[str, Clause]:
    """Return the clauses by the numbers that they have now or had in the version before."""
    texts = [text for each in (version.previous, version) if each for text in each.texts.select_related("clause")]
    return {text.label: text.clause for text in texts}


def _gather(work: Answering, answered: dict[str, Row], groups: list[Row]) -> None:
    for group in groups:
        keys = [key for key, row in answered.items() if row.get("group") == group["key"]]
        with at(days_ago(FIRST_DAY + 1)):
            work.group(group["title"], group["made_by"], keys)
        for key in keys:
            answered[key]["reason"] = group["reason"]


def _write_all(work: Answering, answered: dict[str, Row], clauses: dict[str, Clause], version: Version) -> dict[str, Answer]:
    waiting = {key: row for key, row in answered.items() if not row.get("folded")}
    written = {}
    for place, (key, row) in enumerate(sorted(waiting.items(), key=lambda pair: not pair[1].get("early"))):
        with at(days_ago(FIRST_DAY - place * (FIRST_DAY - LAST_DAY) // len(waiting), 14, place)):
            links = Links(version, tuple(clauses[label] for label in row["changes"])) if "changes" in row else None
            written[key] = work.write(key, row, links)
    return written


def _fold(work: Answering, answered: dict[str, Row]) -> None:
    leads: dict[str, list[Comment]] = {}
    for key, row in answered.items():
        if row.get("folded"):
            leads.setdefault(row["of"], []).append(work.said[key])
    for lead, comments in leads.items():
        with at(days_ago(LAST_DAY)):
            outcome = fold_comments(actor=work.user(answered[lead]["writer"]), lead=work.said[lead], comments=comments)
            assert not outcome.refused, outcome.refused


def _carry(work: Answering, answered: dict[str, Row], version: Version) -> None:
    """Say of most comments what the new version means for them; two are left for whoever tries the demonstration."""
    clauses = _clauses(version)
    present = set(version.texts.values_list("clause_id", flat=True))
    verdicts = {}
    for key, row in answered.items():
        if "carry" in row:
            label = row.get("carry_to") or next(iter(row.get("changes", [])), "")
            clause = clauses[label].pk if label else work.said[key].clause_id
            verdicts[work.said[key].pk] = (row["carry"], clause if clause in present else None)
    with at(days_ago(CARRIED_DAY)):
        carry_comments(actor=work.chair, version=version, verdicts=verdicts)


def _publish_all(work: Answering, answered: dict[str, Row], written: dict[str, Answer]) -> None:
    for place, (key, answer) in enumerate(written.items()):
        with at(days_ago(EARLY_DAY if answered[key].get("early") else PUBLISHED_DAY + 3 - place % 4)):
            published = publish_answer(actor=work.chair, answer=answer)
        if "objection" in answered[key]:
            _object(work, published, answered[key]["objection"])
    with at(days_ago(1)):
        close_answers()


def _object(work: Answering, answer: Answer, row: Row) -> None:
    with at(days_ago(EARLY_DAY - 5)):
        object_to_answer(actor=work.user(row["author"]), answer=answer, body=row["body"], language=row["language"])
    answer.refresh_from_db()
    with at(days_ago(EARLY_DAY - 10)):
        answer_again(actor=work.user(row["answered_by"]), answer=answer, words=AnswerWords(row["disposition"], row["reason"]))


def answer_open_round(work: Answering, answers: list[Row]) -> None:
    """Take the answers to an open round as far as each row says."""
    groups: dict[str, list[str]] = {}
    for row in sorted(answers, key=lambda row: -row["days_ago"]):
        _take(work, row, days_ago(row["days_ago"]))
        if "group" in row:
            groups.setdefault(row["group"], []).append(row["comment"])
    for title, keys in groups.items():
        work.group(title, next(row["assignee"] for row in answers if row.get("group") == title), keys)


def _take(work: Answering, row: Row, moment: datetime) -> None:
    comment, until = work.said[row["comment"]], row["until"]
    with at(moment):
        if until == AnswerState.ASSIGNED:
            assign_answer(actor=work.chair, comment=comment, assignee=work.user(row["assignee"]))
        else:
            answer = work.write(row["comment"], row)
        for note in row.get("notes", []):
            add_note(actor=work.user(note["author"]), comment=comment, body=note["body"])
    with at(moment + timedelta(days=1)):
        if until in (AnswerState.VALIDATED, AnswerState.PUBLISHED):
            validate_answer(actor=work.user(row["validator"]), answer=answer)
    with at(moment + timedelta(days=1, hours=3)):
        if until == AnswerState.PUBLISHED:
            publish_answer(actor=work.chair, answer=answer)


def keep_templates(framework: Framework, actor: User, templates: list[Row]) -> None:
    """Keep the words that answers often need."""
    for row in templates:
        save_template(actor=actor, framework=framework, titles=row["title"], reasons=row["reason"], disposition=row["disposition"])
