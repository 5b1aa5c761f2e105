"""The main demonstration framework: version 0.1 of the committee, version 0.2 in three languages, and a round that is open."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from members.models import Group, Person, User
from red_mpe.portal.demo.answering import Answering, answer_open_round, keep_templates
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.consulting import hold_round, review_all
from red_mpe.portal.demo.reading import read, rows, translated
from red_mpe.portal.demo.texts import FACTS, WORDS, definitions, write_texts
from red_mpe.portal.demo.versions import Hands, text_of, write_changes
from standards.actions.versions import add_erratum, begin_next_version, close_draft
from standards.enums import Stage, VersionKind
from standards.models import Consultation, Framework, ProcessRules, Version

OPENED_DAYS_AGO = 34
LASTS_DAYS = 61
WROTE_DAYS_AGO = 330  # the first text
BEGAN_DAYS_AGO = 200  # version 0.2
REVIEWED_DAYS_AGO = 56
_INTRODUCED = ("title", "summary", "scope", "introduction")
_WRITERS = (
    "ines-barahona-toledano",
    "rodrigo-palafox-ixtle",
    "thalita-borges-amaral",
    "maritza-guaman-armijos",
    "ana-milena-carabali-lucumi",
)


def make_framework(folder: str, *, code: str, committee: Group, begun_days_ago: int) -> Framework:
    """Make the framework of `folder`, public, with nothing but its name and its committee."""
    data = read(f"{folder}/framework.toml")
    with at(days_ago(begun_days_ago)):
        return Framework.objects.create(
            slug=data["slug"],
            code=code,
            stage=Stage.TERMS_OF_REFERENCE,
            rules=ProcessRules.objects.create(required_languages=["es", "en", "pt"]),
            committee=committee,
            public=True,
            **translated(**{name: data[name] for name in _INTRODUCED}),
        )


def write_first_version(framework: Framework, number: str, kind: str, clauses: list[dict[str, Any]], *, wrote_days_ago: int) -> Version:
    """Write the first version of a framework, for everybody to read."""
    with at(days_ago(wrote_days_ago)):
        version = Version.objects.create(framework=framework, number=number, kind=kind, public=True)
        write_texts(version, clauses)
    return version


def begin_version(framework: Framework, actor: User, change_summary: dict[str, str], *, began_days_ago: int) -> Version:
    """Begin the next version in the open."""
    with at(days_ago(began_days_ago)):
        version = begin_next_version(actor=actor, framework=framework, kind=VersionKind.CONSULTATION)
    Version.objects.filter(pk=version.pk).update(public=True, **translated(change_summary=change_summary))
    version.refresh_from_db()
    return version


def write_framework(framework: Framework, actor: User, people: dict[str, Person]) -> Version:
    """Write version 0.1, close it, and make version 0.2 of it."""
    data = read("framework/version-0.1.toml")
    first = write_first_version(framework, data["number"], VersionKind.WORKING, first_rows(data), wrote_days_ago=WROTE_DAYS_AGO)
    review_all(first, actor, days_ago(data["frozen_days_ago"] + 1))
    with at(days_ago(data["frozen_days_ago"])):
        close_draft(actor=actor, version=first)
    _write_errata(first, actor, data)
    version = begin_version(framework, actor, data["change_summary"], began_days_ago=BEGAN_DAYS_AGO)
    write_changes(version, changes(data), Hands(people, days_ago(BEGAN_DAYS_AGO), timedelta(days=5)))
    return version


def _write_errata(version: Version, actor: User, data: dict[str, Any]) -> None:
    for row in data["erratum"]:
        with at(days_ago(row["days_ago"])):
            words: dict[str, Any] = {name: row[name] for name in ("language", "wrong", "right")} | translated(note=row["note"])
            add_erratum(actor=actor, version=version, clause_text=text_of(version, row["label"]), **words)


def present_rows() -> list[dict[str, Any]]:
    """Return the clauses of version 0.2, in their order."""
    return [*rows("framework/principle-*.toml", "clause"), *definitions(read("framework/framework.toml"))]


def first_rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the clauses of version 0.1: those of 0.2 as they were, without the new ones, with the retired ones in their places."""
    new, before = {row["label"] for row in data["new"]}, {row["label"]: row for row in data["before"]}
    clauses = [row | _was(before.get(row["label"], {})) for row in present_rows() if row["label"] not in new]
    moved = [row for row in clauses if "old_label" in row]
    clauses = [row for row in clauses if "old_label" not in row]
    for row in [*({**row, "label": row["old_label"], "under": row["old_under"]} for row in moved), *data["retired"]]:
        last = max(place for place, other in enumerate(clauses) if other["label"].startswith(f"{row['under']}."))
        clauses.insert(last + 1, row)
    return clauses


def _was(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*WORDS, *FACTS, "old_label", "old_under") if name in row}


def changes(data: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Tell the way from version 0.1 to 0.2: what each clause that was different became."""
    present, writers = {row["label"]: row for row in present_rows()}, cycle(_WRITERS)

    def became(row: dict[str, Any]) -> dict[str, Any]:
        now = present[row["label"]]
        place = {"new_label": row["label"], "new_under": row["label"].rpartition(".")[0]} if "old_label" in row else {}
        told: dict[str, Any] = {name: row[name] for name in ("kind", "summary") if name in row}
        words = {name: now[name] for name in (*WORDS, *FACTS) if name in row}
        return {"label": row.get("old_label", row["label"]), "author": next(writers), **place, **told, **words}

    return {
        "change": [became(row) for row in data["before"]],
        "new": [{**present[row["label"]], **row, "author": next(writers)} for row in data["new"]],
        "retired": [{**row, "author": next(writers)} for row in data["retired"]],
    }


def open_demo_round(version: Version, actor: User) -> Consultation:
    """Open round 1 as it opened 34 days ago, by the clock of the rules; it lasts 61 days."""
    review_all(version, actor, days_ago(REVIEWED_DAYS_AGO))
    opens_on = timezone.localdate() - timedelta(days=OPENED_DAYS_AGO)
    data = read("framework/framework.toml")["round"]
    return hold_round(version, actor, data, opens_on=opens_on, closes_on=opens_on + timedelta(days=LASTS_DAYS - 1))


def answer_in_work(work: Answering) -> None:
    """Keep templates, and take some answers of the open round as far as the file says."""
    data = read("framework/answers.toml")
    keep_templates(work.consultation.framework, work.chair, data["template"])
    answer_open_round(work, data["answer"])
