"""The second demonstration framework: buying gold. Its round 1 has closed and its version 0.2 is being written."""

from datetime import timedelta

from django.utils import timezone

from members.models import Group, Person, User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.consulting import hold_round, plan_demo_round, review_all
from red_mpe.portal.demo.framework import begin_version, make_framework, write_first_version
from red_mpe.portal.demo.reading import read, rows
from red_mpe.portal.demo.synopsis import publish_demo_synopsis
from red_mpe.portal.demo.talk import Talk, follow
from red_mpe.portal.demo.terms import begin_with_terms
from red_mpe.portal.demo.texts import definitions
from red_mpe.portal.demo.versions import Hands, write_changes
from standards.actions.comments import withdraw_comment
from standards.actions.moderation import hide_comment
from standards.actions.rounds import close_round
from standards.actions.stages import draft_again
from standards.enums import VersionKind
from standards.models import Consultation, Framework, Version

COMMENTS = "gold/comments-*.toml"
WROTE_DAYS_AGO = 240
PLANNED_DAYS_AGO = 6  # round 2, two days after the synopsis


def write_gold(committee: Group, chair: User, people: dict[str, Person]) -> Version:
    """Write the framework with its terms of reference and version 0.1, still in drafting."""
    framework = make_framework("gold", code="ORO", committee=committee, begun_days_ago=335)
    follow(people, f"framework:{framework.slug}")
    begin_with_terms(framework, chair, "gold")
    data = read("gold/framework.toml")
    clauses = [*rows("gold/principle-*.toml", "clause"), *definitions(data)]
    return write_first_version(framework, data["version"], VersionKind.CONSULTATION, clauses, wrote_days_ago=WROTE_DAYS_AGO)


def hold_gold_round(version: Version, chair: User, people: dict[str, Person], secretariat: User) -> Talk:
    """Hold round 1 from its first day to its last, with what was said in it and, late, after it."""
    data = read("gold/framework.toml")["round"]
    today = timezone.localdate()
    opens_on, closes_on = (today - timedelta(days=data[name]) for name in ("opened_days_ago", "closed_days_ago"))
    review_all(version, chair, days_ago(data["opened_days_ago"] + 21))
    consultation = hold_round(version, chair, data, opens_on=opens_on, closes_on=closes_on)
    talk = Talk(consultation, people, COMMENTS)
    talk.fill()
    _set_aside(talk, secretariat)
    _close(consultation)
    talk.fill(late=True)
    return talk


def _set_aside(talk: Talk, secretariat: User) -> None:
    """Withdraw and hide what the files say was withdrawn or hidden, on the day after it was sent."""
    for row in rows(COMMENTS, "comment"):
        with at(days_ago(row["days_ago"] - 1)):
            if row.get("withdrawn"):
                withdraw_comment(actor=talk.people[row["author"]].user, comment=talk.said[row["key"]])
            if row.get("hidden"):
                hide_comment(actor=secretariat, comment=talk.said[row["key"]], reason=row["hidden"])


def _close(consultation: Consultation) -> None:
    with at(consultation.closes_at):
        close_round(consultation=consultation)


def draft_next_version(framework: Framework, chair: User, people: dict[str, Person]) -> Version:
    """Write version 0.2 as the answers promise it; some of its translations wait."""
    data = read("gold/version-0.2.toml")
    version = begin_version(framework, chair, data["change_summary"], began_days_ago=data["begun_days_ago"])
    write_changes(version, data, Hands(people, days_ago(data["begun_days_ago"]), timedelta(days=2)))
    return version


def report_round(consultation: Consultation, version: Version, chair: User) -> None:
    """Publish the synopsis of round 1, go back to drafting, and plan round 2."""
    data = read("gold/framework.toml")["next_round"]
    publish_demo_synopsis(consultation, chair, "gold/synopsis.toml")
    opens_on = timezone.localdate() + timedelta(days=data["opens_in_days"])
    with at(days_ago(PLANNED_DAYS_AGO)):
        draft_again(actor=chair, framework=Framework.objects.get(pk=version.framework_id))
        plan_demo_round(version, chair, data, opens_on=opens_on, closes_on=opens_on + timedelta(days=data["days"] - 1))
