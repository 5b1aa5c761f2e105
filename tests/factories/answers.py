"""Answers through the same actions as on the site, and the small committee that gives them."""

from datetime import date

from members.models import Group, GroupMembership
from standards.actions import answers as acts
from standards.actions.answers import AnswerWords
from standards.models import Answer, Framework
from tests.conftest import make_person
from tests.factories.standards import fresh

REASON = "Se recoge en la nueva redacción."
LONG = "No se acepta porque el texto ya lo exige en otra cláusula, con un plazo y con medios de verificación propios."


def words(disposition="NO", reason=REASON, **fields):
    """What an answer says; by default a comment is noted, in Spanish."""
    return AnswerWords(disposition, {"es": reason}, **fields)


def seat(framework, slug, role="member", organisation=None, **person):
    """Somebody in the committee of the framework, which is made at the first need."""
    group, _made = Group.objects.get_or_create(slug="comite", defaults={"name": "Comité", "name_es": "Comité", "kind": "committee"})
    Framework.objects.filter(pk=framework.pk).update(committee=group)
    framework.committee = group
    person = make_person(slug, **person)
    GroupMembership.objects.create(group=group, person=person, role=role, organisation=organisation, starts_on=date(2020, 1, 1))
    return person


def write(person, comment, said=None, revision=None):
    """Let somebody save an answer over what is there."""
    answer = Answer.objects.filter(comment=comment).first()
    seen = (answer.revision if answer else 0) if revision is None else revision
    return acts.write_answer(actor=fresh(person.user), comment=comment, words=said or words(), revision=seen)


def validate(person, answer):
    """Let a second person validate."""
    return acts.validate_answer(actor=fresh(person.user), answer=answer)


def publish(person, answer):
    """Let who steers publish."""
    return acts.publish_answer(actor=fresh(person.user), answer=answer)


def answered(committee, comment, said=None):
    """Write, validate and publish the answer to a comment."""
    answer = write(committee.writer, comment, said)
    return publish(committee.chair, validate(committee.second, answer))
