"""The rhythm of a group: set, left out, called, stopped; and what it proposes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions as events
from events.actions import series as actions
from events.models import Event, MeetingSeries
from events.querysets.series import left_behind, next_days, uncalled
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.events import make_group, moment, sit, stored
from tests.factories.series import make_series
from tests.support.queries import flat

APRIL, MAY, JUNE = date(2026, 4, 2), date(2026, 5, 7), date(2026, 6, 4)


@pytest.fixture
def series(group, chair):
    return make_series(group, chair)


def call(series, actor, *days):
    return actions.call_meetings(series=series, actor=actor, days=days)


def test_who_leads_sets_the_rhythm(series, group):
    assert (series.group, series.rule, series.active) == (group, "FREQ=MONTHLY;BYDAY=1TH", True)
    assert AuditEntry.objects.get(verb="events.series_set").data["rule"] == series.rule


def test_who_only_sits_sets_none(group, seated):
    with pytest.raises(PermissionDenied):
        make_series(group, seated)


def test_who_leads_another_group_sets_none(group):
    with pytest.raises(PermissionDenied):
        make_series(group, sit(make_group("otra"), "preside-otra", "chair"))


def test_a_rule_is_stored_as_it_is_read(group, secretary):
    assert make_series(group, secretary, rule="rrule:byday=th;freq=weekly").rule == "FREQ=WEEKLY;BYDAY=TH"


def test_a_rule_that_is_none_is_refused(group, chair):
    with pytest.raises(DomainError, match="no se entiende"):
        make_series(group, chair, rule="a veces")
    assert not MeetingSeries.objects.exists()


@pytest.mark.parametrize(
    "lacking", [{"link": ""}, {"mode": "on-site"}, {"mode": "hybrid", "venue": "Casa"}, {"mode": "on-site", "municipality": "Cusco"}]
)
def test_less_than_a_meeting_needs_is_refused(group, chair, lacking):
    with pytest.raises(DomainError):
        make_series(group, chair, **lacking)


def test_a_second_first_one_is_refused(series, group, chair):
    with pytest.raises(StaleState):
        make_series(group, chair, minutes=60)


def test_who_has_seen_it_changes_it(series, group, chair):
    make_series(group, chair, minutes=60, seen=series.updated_at.isoformat())
    series.refresh_from_db()
    assert series.minutes == 60


def test_a_stopped_rhythm_proposes_nothing(series, chair):
    actions.stop_series(series=series, actor=chair)
    assert next_days(series, chair) == []
    assert AuditEntry.objects.filter(verb="events.series_stopped").count() == 1


def test_stopping_twice_is_stopping_once(series, chair):
    for _ in range(2):
        actions.stop_series(series=series, actor=chair)
    assert AuditEntry.objects.filter(verb="events.series_stopped").count() == 1


def test_set_again_it_goes_on(series, group, chair):
    stopped = actions.stop_series(series=series, actor=chair)
    assert make_series(group, chair, seen=stopped.updated_at.isoformat()).active


def test_who_only_sits_stops_nothing(series, seated):
    with pytest.raises(PermissionDenied):
        actions.stop_series(series=series, actor=seated)


def test_next_days_begin_after_now(series, chair):
    assert [one.day for one in next_days(series, chair)][:3] == [APRIL, MAY, JUNE]
    assert len(next_days(series, chair)) == 6


def test_today_counts_until_the_hour(series, chair, clock):
    clock.move_to(moment(2026, 4, 2, 17, 59))
    assert next_days(series, chair)[0].day == APRIL
    clock.move_to(moment(2026, 4, 2, 18, 0))
    assert next_days(series, chair)[0].day == MAY


def test_a_day_is_said_by_the_clock_of_the_group(series, chair):
    assert next_days(series, chair)[0].when == "jueves 2 de abril de 2026, de 18:00 a 20:00 (hora de Lima)"


def test_a_meeting_is_called_like_the_rhythm(series, group, chair):
    (event,) = call(series, chair, APRIL)
    assert (event.state, event.kind, event.audience, event.mode) == ("announced", "meeting", "group", "on-line")
    assert (event.series, event.occurs_on, event.link) == (series, APRIL, series.link)
    assert (event.starts_at, event.ends_at) == (moment(2026, 4, 2, 18), moment(2026, 4, 2, 20))
    assert list(event.groups.all()) == [group]


def test_a_called_meeting_is_named_in_three_languages(series, chair):
    (event,) = call(series, chair, APRIL)
    assert event.title_es == "Reunión: Grupo mesa, abril de 2026"
    assert event.title_en == "Meeting of Grupo mesa, April 2026"
    assert event.title_pt == "Reunião: Grupo mesa, abril de 2026"
    assert event.summary_en == "Every month on the first Thursday at 18:00."
    assert event.slug == "reunion-grupo-mesa-abril-de-2026"


def test_a_title_of_its_own_comes_first(group, chair):
    (event,) = call(make_series(group, chair, title_es="Mesa abierta"), chair, APRIL)
    assert (event.title_es, event.title_en) == ("Mesa abierta, abril de 2026", "Mesa abierta, April 2026")


def test_who_meets_more_often_names_the_day(group, chair):
    (event,) = call(make_series(group, chair, rule="FREQ=WEEKLY;BYDAY=TH"), chair, APRIL)
    assert event.title_en == "Meeting of Grupo mesa, 2 Apr 2026"


def test_a_long_title_is_cut(group, chair):
    (event,) = call(make_series(group, chair, title_es="a" * 160), chair, APRIL)
    assert len(event.title_es) == 160


def test_the_group_is_told(series, chair, seated):
    call(series, chair, APRIL)
    assert AuditEntry.objects.filter(verb="events.event_announced").count() == 1


def test_a_day_is_called_once(series, chair):
    assert len(call(series, chair, APRIL, MAY)) == 2
    assert call(series, chair, MAY, APRIL) == []
    assert Event.objects.count() == 2


def test_a_cancelled_meeting_is_not_called_again(series, chair):
    (event,) = call(series, chair, APRIL)
    events.cancel_event(actor=chair, event=event, reason={"es": "Feriado."})
    assert call(series, chair, APRIL) == []
    assert next_days(series, chair)[0].meeting.is_off


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 3, 5), date(2025, 12, 4)])
def test_a_day_that_is_not_ahead_in_the_rhythm_is_refused_and_named(series, chair, day):
    with pytest.raises(DomainError, match=str(day.year)):
        call(series, chair, day, APRIL)
    assert not Event.objects.exists()


def test_a_day_of_a_stopped_rhythm_is_refused(series, chair):
    actions.stop_series(series=series, actor=chair)
    with pytest.raises(DomainError):
        call(series, chair, APRIL)


def test_a_skipped_day_is_not_called(series, chair):
    actions.skip_day(series=series, actor=chair, day=APRIL)
    with pytest.raises(DomainError, match="quedan fuera"):
        call(series, chair, APRIL)


def test_who_only_sits_calls_nothing(series, seated):
    with pytest.raises(PermissionDenied):
        call(series, seated, APRIL)


def test_a_day_is_skipped_and_taken_in_again(series, chair):
    for _ in range(2):
        series = actions.skip_day(series=series, actor=chair, day=APRIL)
    assert next_days(series, chair)[0].skipped
    for _ in range(2):
        series = actions.unskip_day(series=series, actor=chair, day=APRIL)
    assert next_days(series, chair)[0].is_free
    assert AuditEntry.objects.filter(verb__in=["events.day_skipped", "events.day_taken_in"]).count() == 2


def test_days_skipped_long_ago_are_forgotten(series, chair):
    MeetingSeries.objects.update(skipped=[date(2024, 5, 2)])
    assert actions.skip_day(series=series, actor=chair, day=MAY).skipped == [MAY]


def test_a_foreign_day_is_not_skipped(series, chair):
    with pytest.raises(DomainError):
        actions.skip_day(series=series, actor=chair, day=date(2026, 4, 3))


def test_a_called_day_is_not_skipped(series, chair):
    call(series, chair, APRIL)
    with pytest.raises(DomainError, match="convocada"):
        actions.skip_day(series=series, actor=chair, day=APRIL)


@pytest.mark.parametrize("act", [actions.skip_day, actions.unskip_day])
def test_who_only_sits_skips_nothing(series, seated, act):
    with pytest.raises(PermissionDenied):
        act(series=series, actor=seated, day=APRIL)


def test_a_moved_meeting_keeps_its_day_of_the_rule(series, chair):
    (event,) = call(series, chair, APRIL)
    events.change_event(actor=chair, event=event, starts_at=moment(2026, 4, 3, 10), ends_at=moment(2026, 4, 3, 12))
    first = next_days(series, chair)[0]
    assert (first.day, first.elsewhen, first.meeting.starts.day) == (APRIL, True, 3)
    assert call(series, chair, APRIL) == []


def test_another_event_of_the_group_at_that_hour_is_named(series, group, chair):
    stored("taller", starts_at=moment(2026, 4, 2, 19), ends_at=moment(2026, 4, 2, 21), groups=[group])
    stored("tarde", starts_at=moment(2026, 4, 2, 20), ends_at=moment(2026, 4, 2, 21), groups=[group])
    first, second, *_rest = next_days(series, chair)
    assert [row.title.text for row in first.clashes] == ["taller"]
    assert second.clashes == ()


@pytest.mark.parametrize("more", [{"state": "cancelled"}, {"groups": []}])
def test_what_is_off_or_of_others_is_in_nobodys_way(series, group, chair, more):
    facts = {"starts_at": moment(2026, 4, 2, 19), "ends_at": moment(2026, 4, 2, 21), "groups": [group]}
    stored("taller", **facts | more)
    assert next_days(series, chair)[0].clashes == ()


def test_an_hour_that_the_clocks_leave_out_is_flagged(group, secretary):
    place = {"time_zone": "America/Santiago", "starts_time": time(0, 30), "rule": "FREQ=MONTHLY;BYDAY=1SU"}
    series = make_series(group, secretary, **place)
    september = next(one for one in next_days(series, secretary) if one.day == date(2026, 9, 6))
    assert (september.moved, september.starts.hour, september.starts.minute) == (True, 1, 0)
    assert sum(one.moved for one in next_days(series, secretary)) == 1


def test_called_over_the_turn_of_clocks_the_hour_stays(group, secretary):
    series = make_series(group, secretary, time_zone="Europe/Madrid", rule="FREQ=MONTHLY;BYMONTHDAY=25")
    made = call(series, secretary, date(2026, 3, 25), date(2026, 4, 25))
    assert [event.starts_at for event in made] == [datetime(2026, 3, 25, 17, tzinfo=UTC), datetime(2026, 4, 25, 16, tzinfo=UTC)]


def test_a_changed_rhythm_leaves_called_meetings_alone_and_names_them(series, group, chair):
    april, _may = call(series, chair, APRIL, date(2026, 5, 7))
    series = make_series(group, chair, rule="FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH", seen=series.updated_at.isoformat())
    assert [left.row.pk for left in left_behind(series)] == [april.pk]
    april.refresh_from_db()
    assert (april.state, april.occurs_on) == ("announced", APRIL)


def test_of_a_stopped_rhythm_all_called_meetings_are_left(series, chair):
    call(series, chair, APRIL, MAY)
    assert len(left_behind(actions.stop_series(series=series, actor=chair))) == 2


def test_without_called_meetings_nothing_is_left(series):
    assert left_behind(series) == []


def test_a_cancelled_meeting_is_left_no_more(series, group, chair):
    (event,) = call(series, chair, APRIL)
    series = actions.stop_series(series=series, actor=chair)
    events.cancel_event(actor=chair, event=event, reason={"es": "Feriado."})
    assert left_behind(series) == []


def test_who_leads_is_told_once_that_the_next_meeting_is_near(series, clock):
    assert actions.propose_due() == 0
    clock.move_to(moment(2026, 3, 20, 12))
    assert [actions.propose_due(), actions.propose_due()] == [1, 0]
    assert AuditEntry.objects.get(verb="events.meeting_due").data["day"] == "2026-04-02"


def test_nobody_is_told_of_what_is_called(series, chair, clock):
    call(series, chair, APRIL)
    clock.move_to(moment(2026, 3, 25, 12))
    assert actions.propose_due() == 0


def test_who_skips_a_day_is_told_of_the_next(series, chair, clock):
    clock.move_to(moment(2026, 3, 25, 12))
    actions.propose_due()
    actions.skip_day(series=series, actor=chair, day=APRIL)
    assert actions.propose_due() == 0
    clock.move_to(moment(2026, 4, 25, 12))
    assert actions.propose_due() == 1


def test_of_a_stopped_rhythm_nobody_is_told(series, chair, clock):
    actions.stop_series(series=series, actor=chair)
    clock.move_to(moment(2026, 3, 25, 12))
    assert actions.propose_due() == 0


def test_near_meetings_are_found_with_as_many_queries_for_many_groups(series, secretary):
    later = timezone.now() + timedelta(days=20)

    def more():
        return [make_series(make_group(f"mesa-{number}"), secretary) for number in range(3)]

    flat(lambda: uncalled(MeetingSeries.objects.all(), later), more, ceiling=2)


def test_next_days_ask_as_often_for_many(series, group, chair):
    def more():
        call(series, chair, APRIL, MAY, JUNE)
        stored("otro", starts_at=moment(2026, 7, 2, 19), ends_at=moment(2026, 7, 2, 21), groups=[group])

    call(series, chair, date(2026, 7, 2))
    flat(lambda: next_days(series, chair), more, ceiling=6)


def test_rhythm_knows_its_name_and_page(series):
    assert str(series) == f"{series.group_id}: FREQ=MONTHLY;BYDAY=1TH"
    assert series.get_absolute_url().endswith("/grupo/mesa/reuniones/")


@pytest.mark.parametrize("far", [date(9999, 12, 31), date(2030, 1, 1), date(2020, 1, 1)])
def test_a_rhythm_that_begins_far_away_is_refused(group, chair, far):
    with pytest.raises(DomainError, match="dos años"):
        make_series(group, chair, starts_on=far)


def test_a_rhythm_of_long_ago_is_changed(series, group, chair, clock):
    clock.move_to(moment(2031, 1, 1))
    assert make_series(group, chair, minutes=60, seen=series.updated_at.isoformat()).minutes == 60
