"""What editors decide, and what nobody decides: the end of an embargo."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from publications.actions import deciding as acts
from publications.enums import RecordState
from publications.models import File, Record
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from tests.factories.library_flow import accepted, proposed, published, returned
from tests.factories.publications import make_record


def soon(days=30):
    return acts.network_day() + timedelta(days=days)


def infected(record):
    fields = {"name": "hoja.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "scan_state": "infected"}
    return File.objects.create(record=record, number=1, **fields)


def steps(record):
    rows = AuditEntry.objects.filter(verb="publications.record_moved", target_id=record.pk).order_by("pk")
    return [row.data["step"] for row in rows]


@pytest.fixture
def told():
    """The steps that were announced, not only written down."""
    return lambda: [
        row.data["step"] for row in AuditEntry.objects.filter(verb="publications.record_moved").exclude(announcement=None).order_by("pk")
    ]


def test_a_proposal_is_asked_back_with_a_question(miner, editor, told):
    record = returned(miner, editor)
    assert (record.state, record.note) == (RecordState.RETURNED, "¿De quién es la foto?")
    assert told() == ["return"]


def test_a_proposal_is_accepted(miner, editor, told):
    assert accepted(miner, editor).state == RecordState.ACCEPTED
    assert told() == ["accept"]


def test_what_was_accepted_is_published_and_counted(miner, editor):
    before = accepted(miner, editor)
    record = acts.publish_record(record=before, actor=editor)
    assert record.state == RecordState.PUBLISHED
    assert record.published_at is not None
    assert record.revision > 0


def test_one_click_accepts_and_publishes_and_tells_once(miner, editor, told):
    record = acts.accept_and_publish_record(record=proposed(miner), actor=editor)
    assert (record.state, steps(record), told()) == (RecordState.PUBLISHED, ["accept", "publish"], ["publish"])


def test_a_proposal_is_not_published_without_being_accepted(miner, editor):
    with pytest.raises(StaleState):
        acts.publish_record(record=proposed(miner), actor=editor)


def test_one_click_does_all_or_nothing(miner, editor):
    record = proposed(miner)
    infected(record)
    with pytest.raises(GuardsUnmet, match="malicious"):
        acts.accept_and_publish_record(record=record, actor=editor)
    assert Record.objects.get(pk=record.pk).state == RecordState.PROPOSED
    assert steps(record) == []


def test_a_proposal_is_declined_with_a_reason(miner, editor, told):
    record = acts.decline_record(record=proposed(miner), actor=editor, reason="Ya está: RED-00003.")
    assert (record.state, record.note, told()) == (RecordState.DECLINED, "Ya está: RED-00003.", ["decline"])


def test_a_record_is_withdrawn_and_leaves_a_reason(miner, editor, told):
    record = acts.withdraw_record(record=published(miner, editor), actor=editor, reason="Sin permiso de la autora.")
    assert (record.state, record.withdrawn_reason) == (RecordState.WITHDRAWN, "Sin permiso de la autora.")
    assert record.withdrawn_at is not None
    assert told()[-1] == "withdraw"


def test_an_embargo_opens_the_description_and_tells_its_day(miner, editor, told):
    record = acts.embargo_record(record=accepted(miner, editor), actor=editor, until=soon())
    assert (record.state, record.embargo_until) == (RecordState.EMBARGOED, soon())
    assert Record.objects.listed_for(miner.user).get() == record
    assert told()[-1] == "embargo"


@pytest.mark.parametrize("days", [0, -1])
def test_an_embargo_ends_on_a_day_to_come(miner, editor, days):
    with pytest.raises(DomainError, match="day to come"):
        acts.embargo_record(record=accepted(miner, editor), actor=editor, until=soon(days))


def test_an_embargo_may_be_ended_early(miner, editor):
    closed = acts.embargo_record(record=accepted(miner, editor), actor=editor, until=soon())
    since = closed.published_at
    record = acts.publish_record(record=closed, actor=editor)
    assert (record.state, record.embargo_until, record.published_at) == (RecordState.PUBLISHED, None, since)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_what_somebody_reads_has_words(miner, editor, words):
    record = proposed(miner)
    for act, name in ((acts.return_record, "question"), (acts.decline_record, "reason"), (acts.withdraw_record, "reason")):
        with pytest.raises(DomainError, match="Write"):
            act(record=record, actor=editor, **{name: words})


def test_nobody_but_an_editor_decides(miner, neighbour, officer):
    record = proposed(miner)
    for user in (miner.user, neighbour.user, officer):
        with pytest.raises(PermissionDenied):
            acts.accept_record(record=record, actor=user)


EVERY_ACT = [
    (acts.return_record, {"question": "¿?"}, {"proposed"}),
    (acts.accept_record, {}, {"proposed"}),
    (acts.accept_and_publish_record, {}, {"proposed"}),
    (acts.decline_record, {"reason": "No."}, {"proposed", "returned", "accepted"}),
    (acts.publish_record, {}, {"accepted", "embargoed"}),
    (acts.embargo_record, {"until": date(2099, 1, 1)}, {"accepted"}),
    (acts.withdraw_record, {"reason": "No."}, {"published", "embargoed"}),
]


@pytest.mark.parametrize("state", RecordState.values)
@pytest.mark.parametrize(("act", "words", "sources"), EVERY_ACT, ids=[row[0].__name__ for row in EVERY_ACT])
def test_every_act_starts_where_the_table_says(act, words, sources, state, editor):
    record = make_record(state=state, licence="all-rights-reserved")
    if state in sources:
        assert act(record=record, actor=editor, **words).state != state
    else:
        with pytest.raises(StaleState):
            act(record=record, actor=editor, **words)
        assert Record.objects.get(pk=record.pk).state == state


@pytest.mark.parametrize(("act", "words", "sources"), EVERY_ACT, ids=[row[0].__name__ for row in EVERY_ACT])
def test_every_act_is_for_editors_alone(act, words, sources, readers):
    for name, user in readers.items():
        record = make_record(state=min(sources), licence="all-rights-reserved")
        if name in ("editor", "secretariat"):
            assert act(record=record, actor=user, **words).state not in sources
        else:
            with pytest.raises(PermissionDenied):
                act(record=record, actor=user, **words)


def test_embargoes_that_are_over_open(db, told):
    make_record("hoy", state=RecordState.EMBARGOED, embargo_until=acts.network_day(), licence="all-rights-reserved")
    make_record("mañana", state=RecordState.EMBARGOED, embargo_until=soon(1), licence="all-rights-reserved")
    assert acts.release_due_embargoes() == 1
    assert Record.objects.get(state=RecordState.PUBLISHED).title_es == "hoy"
    assert told() == ["publish"]


def test_opening_them_twice_opens_them_once(db):
    make_record(state=RecordState.EMBARGOED, embargo_until=acts.network_day(), licence="all-rights-reserved")
    assert [acts.release_due_embargoes(), acts.release_due_embargoes()] == [1, 0]


def test_a_malicious_file_keeps_only_its_own_record_closed(db):
    fields = {"state": RecordState.EMBARGOED, "embargo_until": acts.network_day(), "licence": "all-rights-reserved"}
    infected(make_record("mala", **fields))
    make_record("buena", **fields)
    assert acts.release_due_embargoes() == 1
    assert Record.objects.get(state=RecordState.EMBARGOED).title_es == "mala"


def test_one_opened_in_the_meantime_is_left_alone(db):
    record = make_record(state=RecordState.EMBARGOED, embargo_until=acts.network_day())
    Record.objects.filter(pk=record.pk).update(state=RecordState.PUBLISHED)
    assert acts._released(record.pk) is False


@pytest.mark.parametrize(("hour", "opened"), [(4, 0), (5, 1)])
def test_the_day_begins_by_the_clock_of_the_library(db, time_machine, hour, opened):
    """Midnight in Lima is five in the morning by the clock of the machines."""
    time_machine.move_to(datetime(2027, 3, 1, hour, 30, tzinfo=UTC), tick=False)
    make_record(state=RecordState.EMBARGOED, embargo_until=date(2027, 3, 1), licence="all-rights-reserved")
    with timezone.override("Asia/Tokyo"):
        assert acts.release_due_embargoes() == opened
