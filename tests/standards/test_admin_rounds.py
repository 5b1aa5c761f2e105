"""Rounds in the admin: planned, checked, announced; never moved by hand."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import override

from red_mpe.core.models import AuditEntry, Chamber
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.models import Preference
from standards.actions.rounds import plan_round, reschedule_round, set_targets
from standards.actions.texts import mark_languages, review_language
from standards.admin.checklist import PLACES, reach
from standards.models import Consultation
from standards.states import ANNOUNCE_ROUND
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.secretariat import at, enter, errors, filled

FIRST = timezone.localdate() + timedelta(days=40)
LAST = FIRST + timedelta(days=59)


@pytest.fixture
def version(db):
    version = make_version(make_framework(stage="drafting"))
    mark_languages(make_clause(version, "1.1", text_es="Debe.", plain_es="Hay que."))
    return version


@pytest.fixture
def planned(secretary, version):
    return plan_round(actor=secretary, version=version, opens_on=FIRST, closes_on=LAST)


@pytest.fixture
def desk(client, secretary):
    return enter(client, secretary)


def ready(secretary, consultation):
    """Do everything that the check-list asks."""
    rules = consultation.framework.rules
    type(rules).objects.filter(pk=rules.pk).update(required_languages=["es"])
    review_language(actor=secretary, version=consultation.version, language="es")
    set_targets(actor=secretary, consultation=consultation, targets=dict.fromkeys(Chamber.objects.all(), 20))


def test_planning_sets_number_instants_question_and_targets(desk, version):
    start = desk.get(at("consultation_add", version=version.pk))
    dates = {"opens_on": FIRST.isoformat(), "closes_on": LAST.isoformat()}
    desk.post(at("consultation_add"), filled(start, **dates, question_pt="O que falta?", **{"targets-1-people": "15"}))
    made = Consultation.objects.get()
    assert (made.number, made.state, made.days, made.question_pt) == (1, "planned", 60, "O que falta?")
    assert made.opens_at < made.closes_at
    assert list(made.targets.values_list("chamber__code", "people")) == [(Chamber.objects.all()[1].code, 15)]


def test_round_that_closes_before_it_opens_is_refused(desk, version):
    start = desk.get(at("consultation_add", version=version.pk))
    answer = desk.post(at("consultation_add"), filled(start, opens_on=LAST.isoformat(), closes_on=FIRST.isoformat()))
    assert "before it opens" in errors(answer)
    assert not Consultation.objects.exists()


def test_rescheduling_moves_dates_and_instants_while_planned(desk, planned):
    address = at("consultation_change", planned.pk)
    later = LAST + timedelta(days=7)
    desk.post(address, filled(desk.get(address), closes_on=later.isoformat(), state="open"))
    before = planned.closes_at.astimezone(ZoneInfo(planned.time_zone))
    planned.refresh_from_db()
    assert (planned.closes_on, planned.closes_at, planned.state) == (later, before + timedelta(days=7), "planned")  # on the wall clock
    assert AuditEntry.objects.filter(verb="standards.round_rescheduled").exists()


def test_check_list_names_every_unmet_guard_with_what_to_do(desk, planned):
    page = desk.get(at("consultation_announce", planned.pk))
    html = page.content.decode()
    missing = [check for check in page.context["checks"] if check.missing]
    assert [str(check.title) for check in missing] == ["The round says whom it wants to hear"]
    assert all(str(check.advice) in html and check.url in html for check in missing)
    assert "disabled" in html


def test_every_guard_of_announcing_has_its_advice_and_its_place():
    assert all(guard.label and guard.advice for guard in ANNOUNCE_ROUND.guards)
    assert {guard.place for guard in ANNOUNCE_ROUND.guards} == set(PLACES)


def test_announcing_is_refused_while_a_guard_does_not_hold(desk, planned):
    answer = desk.post(at("consultation_announce", planned.pk))
    planned.refresh_from_db()
    assert planned.state == "planned"
    assert "Not yet" in answer.content.decode()


def test_announcing_tells_every_member(desk, secretary, planned, miner, neighbour, django_capture_on_commit_callbacks):
    ready(secretary, planned)
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(at("consultation_announce", planned.pk))
    planned.refresh_from_db()
    told = AuditEntry.objects.get(verb="standards.round_announced").notifications.values_list("recipient__email", flat=True)
    assert (answer.status_code, planned.state) == (303, "announced")
    assert set(told) == {miner.user.email, neighbour.user.email}


def test_reach_counts_people_by_what_they_chose(planned, miner, neighbour, scholar):
    Preference.objects.create(person=neighbour.user, category="rounds", frequency="weekly")
    Preference.objects.create(person=scholar.user, category="rounds", frequency="none")
    assert reach(planned) == {"at_once": 1, "digest": 1, "inbox": 1, "all": 3}


def test_announced_round_can_only_be_read(desk, secretary, planned):
    ready(secretary, planned)
    desk.post(at("consultation_announce", planned.pk))
    page = desk.get(at("consultation_change", planned.pk))
    assert 'name="opens_on"' not in page.content.decode()
    assert [line.formset.extra for line in page.context["inline_admin_formsets"]] == [0]
    assert b"was announced already" in desk.get(at("consultation_announce", planned.pk)).content


def test_change_that_comes_after_the_announcement_is_refused(desk, secretary, planned):
    address = at("consultation_change", planned.pk)
    ready(secretary, planned)
    data = filled(desk.get(address), closes_on=date(2035, 1, 1).isoformat())
    desk.post(at("consultation_announce", planned.pk))
    assert "Someone was faster" in errors(desk.post(address, data))
    assert Consultation.objects.get().closes_on == LAST


def test_actions_refuse_what_is_fixed(secretary, planned):
    Consultation.objects.update(state="open")
    with pytest.raises(StaleState):
        set_targets(actor=secretary, consultation=planned, targets={})
    with pytest.raises(StaleState):
        reschedule_round(actor=secretary, consultation=planned)
    planned.closes_on = planned.opens_on - timedelta(days=1)
    with override("en"), pytest.raises(DomainError, match="before it opens"):
        reschedule_round(actor=secretary, consultation=planned)


def test_button_leads_to_the_comments_of_the_round(desk, planned):
    assert desk.get(at("consultation_comments", planned.pk))["Location"].endswith(f"?consultation__id__exact={planned.pk}")
