"""Two confirmations of one import at the same moment."""

import uuid

import pytest
from django.contrib.auth.models import Group

from publications.actions.imports import import_records, plan_import
from publications.models import Record
from publications.readers.bibliography import read_works
from tests.conftest import make_user
from tests.support.together import together

WORK = '[{"type": "book", "title": "Oro limpio en Puno"}]'


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_confirmations_at_once_make_one_set():
    actor = make_user("biblioteca@example.org", is_staff=True)
    actor.groups.add(Group.objects.get(name="editors"))
    once, looked = uuid.uuid4(), plan_import(works=read_works(WORK).works)
    together(*[lambda: import_records(plan=looked, actor=actor, once=once)] * 2)
    assert Record.objects.count() == 1
