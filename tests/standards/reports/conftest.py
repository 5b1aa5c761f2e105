"""A round that has closed: two voices have spoken, one accepted comment has changed a clause of the next version."""

import pytest
from django.utils import timezone

from members.models import Group, GroupMembership
from standards.actions.synopses import publish_synopsis, write_paragraph, write_synopsis
from standards.actions.texts import freeze_version
from standards.enums import RoundState, ShownAs, Stage
from standards.models import AnswerChange, ClauseText, Consultation, Framework
from tests.conftest import make_person
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_answer, make_version

ROUND = ("marco", 1)


def reread():
    """The round as a request reads it."""
    found = Consultation.objects.select_related("framework__rules", "framework__committee", "version").get()
    found.version.framework = found.framework
    return found


@pytest.fixture(autouse=True)
def _data(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def committee(framework):
    """A committee with one who leads and one who watches."""
    group = Group.objects.create(slug="comite", name="Comité", name_es="Comité", kind="committee")
    Framework.objects.update(committee=group)
    people = {"chair": make_person("presidenta"), "member": make_person("redactora"), "observer": make_person("mirona")}
    for role, person in people.items():
        GroupMembership.objects.create(group=group, person=person, role=role, starts_on="2025-01-01")
    return people


@pytest.fixture
def spoken(consultation, clause, miner, neighbour):
    """Rosa under her name on a clause, João protected and in general."""
    first = say(miner, consultation, clause, kind="te", proposed="La operación cuida el río.", body="Porque el río es de todas.")
    return first, say(neighbour, consultation, shown_as=ShownAs.PROTECTED, body="Sou ribeirinho, não quero mercúrio.", language="pt-br")


@pytest.fixture
def closed(spoken, consultation, committee):
    """The round after its closing."""
    freeze_version(version=consultation.version, actor=None)
    Consultation.objects.update(state=RoundState.CLOSED, closes_on="2026-03-01", question_es="¿Qué falta?")
    Framework.objects.update(stage=Stage.RESPONSE)
    return reread()


@pytest.fixture
def following(closed, clause):
    """The version after it, in which the clause reads otherwise."""
    version = make_version(closed.framework, "0.3")
    type(version).objects.filter(pk=version.pk).update(previous=closed.version)
    words = {"text_es": "La operación cuida el río.", "text_html_es": "<p>La operación cuida el río.</p>"}
    ClauseText.objects.create(version=version, clause=clause.clause, label="4.1", position=1, title_es="Mercurio", **words)
    return version


@pytest.fixture
def answered(closed, spoken, following):
    """Both comments have a public answer, the first has changed the clause."""
    first = make_answer(spoken[0], disposition="AC", reason_es="Es más claro así.", published_at=timezone.now())
    AnswerChange.objects.create(answer=first, clause=spoken[0].clause, version=following)
    return first, make_answer(spoken[1], disposition="NO", reason_es="Queda anotado.", reason_pt="Fica registrado.")


WORDS = {"asked_es": "¿Qué falta?", "promotion_es": "Por **radio** y correo.", "remarks_es": "Bien.", "next_steps_es": "Otra ronda."}


def write_all(actor, consultation, clause):
    """Write everything that has to be written."""
    write_synopsis(actor=actor, consultation=consultation, words=WORDS, revision=0)
    for place in (clause.clause, None):
        words = {"said_es": "Pedían claridad.", "changed_es": "Se aclaró."}
        write_paragraph(actor=actor, consultation=consultation, clause=place, words=words, revision=0)


@pytest.fixture
def written(answered, closed, clause, secretary):
    write_all(secretary, closed, clause)
    return closed


@pytest.fixture
def published(written, secretary):
    """The synopsis is public; letters have not left yet, because nobody has woken a worker."""
    return publish_synopsis(actor=fresh(secretary), consultation=reread())
