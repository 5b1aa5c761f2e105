"""One look at a framework reads each thing once; outside of it every question is asked anew."""

import pytest

from standards.models import Consultation, Version
from standards.states.guards.answers import standing_of
from standards.states.guards.changes import newest_version, rounds_of, texts_of, versions_of
from standards.states.looking import once_a_look, one_look
from tests.support.frameworks import make_clause, make_comment, make_version
from tests.support.queries import count_queries


def test_a_look_reads_once(version):
    with one_look():
        assert count_queries(lambda: versions_of(version.framework)) == []


def test_outside_a_look_everything_is_asked_anew(framework, version):
    assert len(versions_of(framework)) == 1
    make_version(framework, "0.3")
    assert newest_version(framework).number == "0.3"


def test_a_look_remembers_nothing_afterwards(framework, version):
    with one_look():
        newest_version(framework)
    make_version(framework, "0.3")
    with one_look():
        assert newest_version(framework).number == "0.3"


def test_a_look_that_breaks_is_over(framework, version):
    with pytest.raises(ValueError, match="x"), one_look():
        raise ValueError("x")
    versions_of(framework)
    make_version(framework, "0.3")
    assert len(versions_of(framework)) == 2


def test_two_things_are_two_readings(framework, version):
    other = make_version(framework, "0.3")
    make_clause(other, "1.1")
    with one_look():
        assert (texts_of(version), len(texts_of(other))) == ([], 1)


def test_two_readings_of_one_thing_do_not_meet(framework, version):
    first, second = once_a_look(lambda thing: "a"), once_a_look(lambda thing: "b")
    first.__wrapped__.__qualname__, second.__wrapped__.__qualname__ = "a", "b"
    with one_look():
        assert (first(framework), first(framework)) == ("a", "a")


def test_versions_know_the_one_before(framework, version):
    later = make_version(framework, "0.3")
    type(later).objects.filter(pk=later.pk).update(previous=version)
    newest = newest_version(framework)
    assert count_queries(lambda: (newest.previous.number, newest.previous.framework.slug)) == []


def test_rounds_know_their_version_and_their_report(consultation):
    (found,) = rounds_of(consultation.framework)
    assert count_queries(lambda: found.version.framework.slug) == []
    assert found.published_at is None


@pytest.mark.parametrize(("state", "answerable", "waits"), [("sent", True, True), ("withdrawn", True, False), ("hidden", False, False)])
def test_what_stands_is_counted_by_state(consultation, producers, state, answerable, waits):
    make_comment(consultation, producers, state=state, hidden_reason="Nombra a alguien." if state == "hidden" else "")
    (found,) = standing_of(consultation.framework)
    assert (found.round, found.count, found.answerable, found.waits) == (consultation.number, 1, answerable, waits)


def test_replies_are_not_counted_as_standing(consultation, producers):
    root = make_comment(consultation, producers)
    make_comment(consultation, producers, parent=root, root=root, depth=1)
    assert sum(one.count for one in standing_of(consultation.framework)) == 1


def test_rounds_of_another_framework_are_left_out(consultation, framework):
    assert [one.pk for one in rounds_of(framework)] == [consultation.pk]
    assert Consultation.objects.count() == Version.objects.count() == 1
