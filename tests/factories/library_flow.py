"""Records on their way, for tests of the way."""

import uuid

from publications.actions import deciding, proposing
from publications.models import Practice
from tests.factories.publications import make_identifier, make_record


def make_draft(person, title="Oro sin mercurio", **fields):
    """A complete draft of that member."""
    record = make_record(title, state="draft", proposed_by=person.user, **fields)
    make_identifier(record)
    return record


def begin(person, **fields):
    """What the first form makes."""
    given = {"kind": "factsheet", "title_es": "Oro sin mercurio"} | fields
    return proposing.start_record(actor=person.user, once=uuid.uuid4(), **given)


def proposed(person, title="Oro sin mercurio", **fields):
    """A record that waits for an editor."""
    return proposing.propose_record(record=make_draft(person, title, **fields), actor=person.user)


def returned(person, editor, question="¿De quién es la foto?"):
    """A record that was asked back."""
    return deciding.return_record(record=proposed(person), actor=editor, question=question)


def accepted(person, editor, **fields):
    """A record that was accepted and is not out yet."""
    return deciding.accept_record(record=proposed(person, **fields), actor=editor)


def published(person, editor, **fields):
    """A record that readers find."""
    return deciding.publish_record(record=accepted(person, editor, **fields), actor=editor)


def tell(record, **story):
    """Write the story of a practice."""
    return Practice.objects.create(record=record, **({"problem_es": "Se perdía oro fino.", "done_es": "Se cambió la mesa."} | story))
