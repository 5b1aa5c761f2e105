"""Rounds last what was announced, and open and close by themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from red_mpe.core.models import AuditEntry, Chamber
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from standards.actions.rounds import (
    announce_round,
    close_round,
    instants,
    open_round,
    plan_round,
    reschedule_round,
    set_targets,
    turn_rounds,
)
from standards.actions.texts import review_language, save_clause_text
from standards.enums import RoundState, Stage
from standards.models import ClauseText, Consultation, Framework
from standards.tasks import turn_rounds as wake
from tests.factories.standards import day, plan, ready_version
from tests.support.frameworks import make_clause, make_round, make_version

MINUTE = timedelta(minutes=1)


def verbs(*beginnings):
    return [verb for verb in AuditEntry.objects.order_by("pk").values_list("verb", flat=True) if verb.startswith(beginnings)]


@pytest.fixture
def ready(clock, db):
    return ready_version()


@pytest.fixture
def announced(ready, secretary):
    return announce_round(actor=secretary, consultation=plan(ready, secretary))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2018-02-26", "2018-04-26", 60),
        ("2020-03-31", "2020-05-31", 62),
        ("2016-07-22", "2016-09-22", 63),
        ("2024-10-16", "2024-12-16", 62),
        ("2026-03-10", "2026-03-10", 1),
    ],
)
def test_days_of_a_round_are_inclusive(first, last, days):
    assert Consultation(opens_on=day(first), closes_on=day(last)).days == days


@pytest.mark.parametrize(
    ("zone", "first", "last", "opens", "closes"),
    [
        ("America/Tijuana", "2026-02-20", "2026-04-20", "2026-02-20T08:00", "2026-04-21T07:00"),  # summer begins on 8 March
        ("America/Tijuana", "2026-10-20", "2026-12-20", "2026-10-20T07:00", "2026-12-21T08:00"),  # and ends on 1 November
        ("America/Lima", "2026-02-20", "2026-04-20", "2026-02-20T05:00", "2026-04-21T05:00"),
        ("America/Santiago", "2026-09-06", "2026-09-06", "2026-09-06T04:00", "2026-09-07T03:00"),  # a day without midnight
        ("America/Havana", "2026-11-01", "2026-11-01", "2026-11-01T04:00", "2026-11-02T05:00"),  # a day with two of them
        ("Pacific/Kiritimati", "2026-03-10", "2026-03-10", "2026-03-09T10:00", "2026-03-10T10:00"),
    ],
)
def test_instants_follow_the_clock_of_the_rules(zone, first, last, opens, closes):
    found = instants(day(first), day(last), zone)
    assert [moment.astimezone(UTC).isoformat()[:16] for moment in found] == [opens, closes]


def test_last_minute_is_23_59_of_the_last_day():
    _opens, closes = instants(day("2026-10-20"), day("2026-12-20"), "America/Tijuana")
    last = (closes - MINUTE).astimezone(ZoneInfo("America/Tijuana"))
    assert (last.date(), last.hour, last.minute) == (day("2026-12-20"), 23, 59)


@pytest.mark.parametrize("zone", ["America/Nowhere", "", "/etc/passwd", "../x"])
def test_a_clock_that_does_not_exist_is_refused(zone):
    with pytest.raises(DomainError):
        instants(day("2026-01-01"), day("2026-02-01"), zone)


def test_a_planned_round_is_numbered_and_told_to_nobody(ready, secretary):
    first = plan(ready, secretary)
    second = plan_round(actor=secretary, version=ready, opens_on=day("2027-01-01"), closes_on=day("2027-03-01"), question={"en": "Why?"})
    assert (first.number, second.number, second.question_en, second.state) == (1, 2, "Why?", RoundState.PLANNED)
    assert verbs("standards.round") == ["standards.round_planned"] * 2


def test_a_round_that_would_close_before_it_opens_is_refused(ready, secretary):
    with pytest.raises(DomainError):
        plan_round(actor=secretary, version=ready, opens_on=day("2027-01-02"), closes_on=day("2027-01-01"))
    assert not Consultation.objects.exists()


def test_only_the_secretariat_plans_announces_opens_and_closes(ready, secretary, miner):
    consultation = plan(ready, secretary)
    for act in (announce_round, open_round, close_round, reschedule_round):
        with pytest.raises(PermissionDenied):
            act(actor=miner.user, consultation=consultation)
    with pytest.raises(PermissionDenied):
        plan_round(actor=miner.user, version=ready, opens_on=day("2027-01-01"), closes_on=day("2027-03-01"))
    with pytest.raises(PermissionDenied):
        set_targets(actor=miner.user, consultation=consultation, targets={})


def test_a_planned_round_may_be_put_on_other_days(ready, secretary):
    consultation = plan(ready, secretary)
    consultation.opens_on, consultation.closes_on = day("2026-10-20"), day("2026-12-20")
    reschedule_round(actor=secretary, consultation=consultation)
    consultation.refresh_from_db()
    assert consultation.closes_at == datetime(2026, 12, 21, 8, tzinfo=UTC)


def test_an_announced_round_keeps_its_days_and_targets(announced, secretary):
    announced.closes_on += timedelta(days=1)
    with pytest.raises(StaleState):
        reschedule_round(actor=secretary, consultation=announced)
    with pytest.raises(StaleState):
        set_targets(actor=secretary, consultation=announced, targets={Chamber.objects.get(code="PRO"): 1})
    assert set(announced.targets.values_list("people", flat=True)) == {30}


def hide_version(version, consultation):
    type(version).objects.update(public=False)


def take_words(version, consultation):
    version.texts.filter(label="1.1").update(text_es="")


def take_plain_words(version, consultation):
    version.texts.filter(label="1.2").update(plain_es=None)


def shorten(version, consultation):
    Consultation.objects.update(closes_on=consultation.closes_on - timedelta(days=1))


def come_near(version, consultation):
    Consultation.objects.update(opens_at=timezone.now() + timedelta(days=14) - MINUTE)


def ask_portuguese(version, consultation):
    type(version.framework.rules).objects.update(required_languages=["pt"])


def empty(version, consultation):
    version.texts.filter(level="requirement").delete()
    version.texts.all().delete()


def begin_another(version, consultation):
    make_round(make_version(version.framework, "0.9"), state=RoundState.ANNOUNCED, number=7)


def take_targets(version, consultation):
    consultation.targets.all().delete()


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (hide_version, "not public"),
        (take_words, "1.1"),
        (take_plain_words, "1.2"),
        (shorten, "59"),
        (come_near, "14"),
        (ask_portuguese, "3 clauses"),
        (empty, "no clauses"),
        (begin_another, "Round 7"),
        (take_targets, "target"),
    ],
)
def test_announcing_names_what_is_missing(ready, secretary, spoil, named, settings):
    settings.LANGUAGE_CODE = "en"
    consultation = plan(ready, secretary)
    spoil(ready, consultation)
    consultation = Consultation.objects.get(pk=consultation.pk)
    with pytest.raises(GuardsUnmet) as refusal:
        announce_round(actor=secretary, consultation=consultation)
    assert len(refusal.value.unmet) == 1
    assert named in str(refusal.value.unmet[0])
    assert Consultation.objects.get(pk=consultation.pk).state == RoundState.PLANNED


def test_announcing_names_everything_at_once(ready, secretary):
    consultation = plan(ready, secretary, start=3, days=10, targets=False)
    Framework.objects.update(public=False)
    with pytest.raises(GuardsUnmet) as refusal:
        announce_round(actor=secretary, consultation=Consultation.objects.get(pk=consultation.pk))
    assert len(refusal.value.unmet) == 4


def test_later_rounds_may_be_shorter(ready, secretary):
    consultation = plan(ready, secretary, days=30)
    Consultation.objects.update(number=2)
    assert announce_round(actor=secretary, consultation=Consultation.objects.get(pk=consultation.pk)).state == RoundState.ANNOUNCED


def test_announcing_is_told_once(announced, secretary):
    with pytest.raises(StaleState):
        announce_round(actor=secretary, consultation=announced)
    assert verbs("standards.round") == ["standards.round_planned", "standards.round_announced"]
    assert announced.announced_at == timezone.now()


def test_headings_can_be_reviewed_too(clock, secretary):
    version = ready_version(required_languages=["es"])
    assert review_language(actor=secretary, version=version, language="es") == 0  # no state has been written yet
    for text in version.texts.all():
        save_clause_text(actor=secretary, text=text)
    assert review_language(actor=secretary, version=version, language="es") == 3
    assert announce_round(actor=secretary, consultation=plan(version, secretary)).state == RoundState.ANNOUNCED


def test_rounds_turn_at_their_instants_and_not_before(announced, clock):
    clock.move_to(announced.opens_at - timedelta(microseconds=1))
    turn_rounds()
    assert Consultation.objects.get().state == RoundState.ANNOUNCED
    clock.move_to(announced.opens_at)
    turn_rounds()
    assert (Consultation.objects.get().state, Framework.objects.get().stage) == (RoundState.OPEN, Stage.CONSULTATION)
    clock.move_to(announced.closes_at - timedelta(microseconds=1))
    turn_rounds()
    assert Consultation.objects.get().state == RoundState.OPEN
    clock.move_to(announced.closes_at)
    turn_rounds()
    assert (Consultation.objects.get().state, Framework.objects.get().stage) == (RoundState.CLOSED, Stage.RESPONSE)


def test_opening_freezes_the_text(announced, clock):
    clock.move_to(announced.opens_at)
    turn_rounds()
    version = Consultation.objects.get().version
    assert version.frozen
    assert len(version.sha256) == 64


def test_turning_twice_is_turning_once(announced, clock):
    for moment in (
        announced.opens_at,
        announced.closes_at - timedelta(days=6),
        announced.closes_at - timedelta(hours=20),
        announced.closes_at,
    ):
        clock.move_to(moment)
        wake()
        wake()
    told = [verb for verb in verbs("standards.round") if verb != "standards.round_planned"]
    assert told == [f"standards.round_{what}" for what in ("announced", "opened", "closing", "closing", "closed")]


def test_a_clock_that_stood_still_still_opens_and_closes(announced, clock):
    clock.move_to(announced.closes_at + timedelta(days=3))
    turn_rounds()
    assert Consultation.objects.get().state == RoundState.CLOSED
    assert verbs("standards.round_o", "standards.round_clos") == ["standards.round_opened", "standards.round_closed"]


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(days=8), []),
        (timedelta(days=7), [7]),
        (timedelta(days=4, hours=2), [5]),  # the clock stood still for two days
        (timedelta(days=1), [1]),
        (timedelta(seconds=1), [1]),
    ],
)
def test_reminders_say_how_long_is_really_left(consultation, clock, left, told):
    clock.move_to(consultation.closes_at - left)
    turn_rounds()
    turn_rounds()
    assert [entry.data["days"] for entry in AuditEntry.objects.filter(verb="standards.round_closing")] == told


def test_a_round_never_moves_before_its_instant_whoever_asks(announced, secretary, clock):
    with pytest.raises(DomainError):
        open_round(consultation=announced, actor=secretary)
    clock.move_to(announced.opens_at)
    open_round(consultation=announced, actor=secretary)
    clock.move_to(announced.closes_at - timedelta(seconds=1))
    with pytest.raises(DomainError):
        close_round(consultation=announced, actor=secretary)
    assert Consultation.objects.get().state == RoundState.OPEN


def test_one_round_that_cannot_turn_does_not_stop_the_others(announced, secretary, clock, caplog):
    other = plan(ready_version(slug="tierra", code="TIERRA"), secretary)
    Consultation.objects.filter(pk=other.pk).update(state=RoundState.ANNOUNCED)
    Framework.objects.filter(slug="agua").update(stage=Stage.ADOPTED)
    clock.move_to(announced.opens_at)
    turn_rounds()
    assert set(Consultation.objects.values_list("framework__slug", "state")) == {("agua", "announced"), ("tierra", "open")}
    assert "agua R1 could not turn" in caplog.text


def test_a_round_the_database_refuses_does_not_stop_the_others(announced, secretary, clock, caplog):
    other = announce_round(actor=secretary, consultation=plan(ready_version(slug="tierra", code="TIERRA"), secretary))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"""CREATE TRIGGER stuck BEFORE UPDATE ON standards_consultation FOR EACH ROW
            WHEN (OLD.id = {announced.pk}) EXECUTE FUNCTION core_refuse_change()""")
    clock.move_to(other.opens_at)
    turn_rounds()
    assert set(Consultation.objects.values_list("framework__slug", "state")) == {("agua", "announced"), ("tierra", "open")}
    assert "tried again" in caplog.text


def test_the_text_of_an_open_round_never_changes(announced, secretary, clock):
    clock.move_to(announced.opens_at)
    turn_rounds()
    text = ClauseText.objects.get(label="1.1")
    with pytest.raises(DomainError):
        save_clause_text(actor=secretary, text=text)
    for change in (
        lambda: ClauseText.objects.filter(pk=text.pk).update(text_es="Otra cosa."),
        lambda: ClauseText.objects.filter(pk=text.pk).delete(),
        lambda: make_clause(announced.version, "9"),
        lambda: type(announced.version).objects.update(frozen_at=None, sha256=""),
        lambda: type(announced.version).objects.update(sha256="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_frozen_version_may_still_be_taken_out_of_view(announced, clock):
    clock.move_to(announced.opens_at)
    turn_rounds()
    assert type(announced.version).objects.update(public=False) == 1
