"""Sessions that discuss clauses, seen from both sides."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.discussing import pin_clause, unpin_clause
from standards.models import ClauseText, SessionClause
from standards.querysets.discussing import discussed_in, meetings_of
from tests.factories.agenda import long_event, write_session
from tests.factories.events import held, make_group, sit
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def clause(db):
    return make_clause(make_version(make_framework()), "1.1", text_es="Sin mercurio.")


@pytest.fixture
def session(db):
    return write_session(long_event(), slug="panel", title_es="Panel del mercurio")


def pin(session, actor, clause, label=None):
    return pin_clause(session=session, actor=actor, version=clause.version, label=clause.label if label is None else label)


def read(client, clause):
    return client.get(url("standards:clause_detail", clause.version.framework.slug, clause.version.number, clause.label))


def test_a_clause_is_named_and_taken_back(session, secretary, clause):
    row = pin(session, secretary, clause)
    assert (row.version, row.clause) == (clause.version, clause.clause)
    for _ in range(2):
        unpin_clause(session=session, actor=secretary, number=row.pk)
    assert not SessionClause.objects.exists()
    assert AuditEntry.objects.filter(verb="standards.clause_unpinned").count() == 1


def test_a_whole_version_is_named(session, secretary, clause):
    pin(session, secretary, clause, "")
    assert [one.label for one in discussed_in([session.pk], secretary)] == ["Marco marco, versión 0.2"]


@pytest.mark.parametrize("label", [None, ""])
def test_nothing_is_named_twice(session, secretary, clause, label):
    pin(session, secretary, clause, label)
    with pytest.raises(DomainError, match="ya lo dice"):
        pin(session, secretary, clause, label)


def test_an_unknown_number_is_refused(session, secretary, clause):
    with pytest.raises(DomainError, match="ninguna cláusula"):
        pin(session, secretary, clause, "9.9")


def test_a_version_that_the_actor_may_not_read_is_refused(clause):
    group = make_group("mesa")
    session, chair = write_session(long_event(groups=[group])), sit(group, "preside", "chair")
    draft = make_version(clause.version.framework, "0.3", public=False)
    with pytest.raises(DomainError, match="versiones"):
        pin_clause(session=session, actor=chair, version=draft)


def test_who_does_not_run_the_event_names_nothing(session, clause, miner):
    with pytest.raises(PermissionDenied):
        pin(session, miner.user, clause)


def test_what_one_may_not_read_is_not_told(session, secretary, clause):
    draft = make_clause(make_version(clause.version.framework, "0.3", public=False), "1.1")
    pin(session, secretary, draft)
    assert discussed_in([session.pk], AnonymousUser()) == []
    assert len(discussed_in([session.pk], secretary)) == 1


def test_a_clause_that_left_its_version_is_not_told(session, secretary, clause):
    pin(session, secretary, clause)
    ClauseText.objects.filter(pk=clause.pk).delete()
    assert discussed_in([session.pk], secretary) == []


def test_labels_come_in_their_order(session, secretary, clause):
    for label in ("2.10", "2.9"):
        pin(session, secretary, make_clause(clause.version, label))
    assert [one.url.split("/")[-2] for one in discussed_in([session.pk], secretary)] == ["2.9", "2.10"]


def test_what_is_discussed_is_read_with_one_query(secretary, clause, django_assert_num_queries):
    event = long_event()
    sessions = [write_session(event, hour) for hour in (9, 10, 11)]
    for one in sessions:
        pin(one, secretary, clause)
    with django_assert_num_queries(1):
        assert len(discussed_in([one.pk for one in sessions], secretary)) == 3


def test_the_agenda_leads_to_the_clause(client, session, secretary, clause):
    pin(session, secretary, clause)
    address = url("standards:clause_detail", "marco", "0.2", "1.1")
    for name, args in (("events:agenda", [session.event.slug]), ("events:session_detail", [session.event.slug, session.slug])):
        assert address in client.get(url(name, *args)).content.decode()


def test_the_clause_leads_to_the_session(client, session, secretary, clause):
    assert "Se discute en" not in text_of(read(client, clause))
    pin(session, secretary, clause)
    told = text_of(read(client, clause))
    assert "Se discute en" in told
    assert "Panel del mercurio" in told


def test_the_clause_does_not_tell_of_an_event_one_does_not_see(client, clause, secretary):
    hidden = write_session(long_event("mesa", audience="group", groups=[make_group("mesa")]), title_es="Zqsecreta")
    pin(hidden, secretary, clause)
    assert "Zqsecreta" not in text_of(read(client, clause))


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed"])
def test_the_clause_tells_of_what_takes_place(clause, secretary, state):
    pin(write_session(long_event("uno", state=state)), secretary, clause)
    assert meetings_of(clause.clause_id, secretary) == []


@pytest.mark.parametrize(("days", "shown"), [(30, 1), (400, 0)])
def test_the_clause_tells_of_a_year(clause, secretary, days, shown):
    pin(write_session(held("pasado", days_ago=days)), secretary, clause)
    assert len(meetings_of(clause.clause_id, secretary)) == shown


def test_a_session_on_two_versions_of_a_clause_is_told_once(session, secretary, clause):
    newer = make_version(clause.version.framework, "0.3")
    text = ClauseText.objects.create(version=newer, clause=clause.clause, label="1.2", position=1, level="requirement")
    for one in (clause, text):
        pin(session, secretary, one)
    assert len(meetings_of(clause.clause_id, secretary)) == 1


def test_the_clause_tells_as_many_as_one_reads(clause, secretary):
    event = long_event(days=12)
    for day in range(12):
        pin(write_session(event, day=day), secretary, clause)
    found = meetings_of(clause.clause_id, secretary)
    assert len(found) == 10


def test_the_page_of_a_clause_is_flat(client, secretary, clause):
    event = long_event()
    grow = lambda: [pin(write_session(event, 9), secretary, clause) for _ in range(3)]  # noqa: E731
    grow()
    flat(lambda: read(client, clause), grow, ceiling=13)


# --- the page of who runs the event
def here(session):
    return url("standards:session_clauses", session.event.slug, session.slug)


def test_a_clause_is_named_on_the_page(client, session, secretary, clause):
    client.force_login(secretary)
    assert client.post(here(session), {"version": clause.version.pk, "label": "1.1"}).status_code == 303
    told = text_of(client.get(here(session)))
    assert "1.1 de Marco marco" in told
    response = client.post(here(session), {"version": clause.version.pk, "label": "7.7"})
    assert response.status_code == 409
    assert 'value="7.7"' in response.content.decode()


def test_a_clause_is_taken_back_on_the_page(client, session, secretary, clause):
    row = pin(session, secretary, clause)
    client.force_login(secretary)
    address = url("standards:session_clause_remove", session.event.slug, session.slug, row.pk)
    assert client.post(address).status_code == 303
    assert not SessionClause.objects.exists()


def test_the_page_of_a_session_leads_there(client, session, secretary):
    client.force_login(secretary)
    assert here(session) in client.get(url("events:session_edit", session.event.slug, session.slug)).content.decode()


def test_a_session_that_one_does_not_see_is_not_found(client, visitor):
    session = write_session(long_event(audience="group", groups=[make_group("mesa")]))
    client.force_login(visitor)
    assert client.get(here(session)).status_code == 404


def test_recent_is_counted_from_the_end(clause, secretary, session):
    pin(session, secretary, clause)
    assert SessionClause.objects.recent().count() == 1
    type(session).objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - timedelta(days=800), ends_at=session.ends_at - timedelta(days=800)
    )
    assert SessionClause.objects.recent().count() == 0
