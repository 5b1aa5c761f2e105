"""The pages of the process: for everybody, and for the committee that steers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Group, GroupMembership
from red_mpe.core.models import Chamber
from standards.actions.rounds import waive_language
from standards.actions.stages import suspend_framework
from standards.enums import RoundState, Stage
from standards.models import Consultation, Framework, ParticipationTarget, ProcessRules, RoundExtension, StageEvent
from standards.states import BY_HAND
from standards.views.process import STEPS
from tests.conftest import make_person
from tests.factories.process import again, fill_committee, hold_round, small_framework, write_terms_of
from tests.factories.standards import plan, ready_version, say
from tests.support.frameworks import make_clause, make_comment, make_framework, make_round
from tests.support.pages import text_of, url
from tests.support.queries import flat

FIRST, LAST = "2026-05-01", "2026-06-29"


def at(name, *args):
    return url(f"standards:{name}", *args, language="en")


@pytest.fixture
def chair(clock, framework):
    """Who leads the committee of the framework; no staff."""
    group = Group.objects.create(slug="comite", name="Comité", name_es="Comité", kind="committee")
    Framework.objects.filter(pk=framework.pk).update(committee=group)
    person = make_person("presidenta")
    GroupMembership.objects.create(group=group, person=person, role="chair", starts_on="2020-01-01")
    return person


@pytest.fixture
def work(as_user, chair):
    return as_user(chair)


def facts(**fields):
    targets = {f"target_{code}": "10" for code in Chamber.objects.filter(votes=True).values_list("code", flat=True)}
    return {"opens_on": FIRST, "closes_on": LAST, "question_es": "¿Qué falta?", **targets, **fields}


def planned(framework, version, secretary):
    return plan(version, secretary, start=30)


def test_a_round_is_planned_without_the_admin(work, version):
    answer = work.post(at("work_round_plan", "marco"), facts(version=version.pk, minimum_PRO="3"))
    found = Consultation.objects.get()
    assert answer.status_code == 303
    assert (found.number, found.days, found.question_es, found.state) == (1, 60, "¿Qué falta?", RoundState.PLANNED)
    assert found.targets.get(chamber__code="PRO").minimum == 3
    assert found.targets.count() == 4


def test_a_form_sent_twice_plans_one_round(work, version):
    for _ in range(2):
        assert work.post(at("work_round_plan", "marco"), facts(version=version.pk)).status_code == 303
    assert Consultation.objects.count() == 1


def test_a_round_that_closes_before_it_opens_keeps_the_form(work, version):
    answer = work.post(at("work_round_plan", "marco"), facts(version=version.pk, closes_on="2026-04-01"))
    assert answer.status_code == 409
    assert "¿Qué falta?" in answer.content.decode()


def test_a_minimum_above_its_target_is_refused(work, version):
    answer = work.post(at("work_round_plan", "marco"), facts(version=version.pk, minimum_PRO="11"))
    assert answer.status_code == 422
    assert "at most the target" in text_of(answer)


def test_a_version_of_another_framework_cannot_be_chosen(work, version):
    other = ready_version()
    assert work.post(at("work_round_plan", "marco"), facts(version=other.pk)).status_code == 422


def test_without_versions_there_is_nothing_to_plan(work):
    assert "no version to ask about" in text_of(work.get(at("work_round_plan", "marco")))


def test_a_planned_round_is_put_on_other_days(work, version):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    address = at("work_round", "marco", 1)
    shown = work.get(address).context["form"].initial
    assert shown["target_PRO"] == 10
    assert work.post(address, facts(closes_on="2026-07-15", target_PRO="12", seen=shown["seen"])).status_code == 303
    found = Consultation.objects.get()
    assert (found.closes_on.isoformat(), found.targets.get(chamber__code="PRO").people) == ("2026-07-15", 12)


def test_an_announced_round_is_not_put_on_other_days(work, version):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    Consultation.objects.update(state=RoundState.ANNOUNCED)
    answer = work.post(at("work_round", "marco", 1), facts(closes_on="2026-07-15"))
    assert answer.status_code == 409
    assert "Someone was faster" in text_of(answer)
    assert Consultation.objects.get().closes_on.isoformat() == LAST


def test_the_list_shows_every_round(work, version):
    assert "No round is planned yet" in text_of(work.get(at("work_rounds", "marco")))
    make_round(version, state=RoundState.CLOSED)
    assert "closed" in text_of(work.get(at("work_rounds", "marco")))


def test_a_round_that_is_not_there_is_not_found(work):
    assert work.get(at("work_round", "marco", 7)).status_code == 404


def test_the_check_list_names_what_is_missing_and_where(work, version):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk, target_PRO=""))
    page = work.get(at("work_round_announce", "marco", 1))
    assert [line.finding.guard.name for line in page.context["lines"] if line.missing] == ["has_texts", "targets_are_set"]
    assert at("work_round", "marco", 1) in page.content.decode()
    assert 'aria-disabled="true"' in page.content.decode()


def test_announcing_looks_again_and_answers_with_the_list(work, version):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    answer = work.post(at("work_round_announce", "marco", 1))
    assert answer.status_code == 409
    assert "The version has no clauses yet." in text_of(answer)


def test_a_ready_round_is_announced(work, version, clause):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    page = work.get(at("work_round_announce", "marco", 1))
    assert (page.context["unmet"], page.context["reach"]["all"]) == (0, 1)
    assert work.post(at("work_round_announce", "marco", 1)).status_code == 303
    assert "announced already" in text_of(work.get(at("work_round_announce", "marco", 1)))


def test_a_language_is_waived_on_its_page(work, version):
    ProcessRules.objects.update(required_languages=["pt"])
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    assert "Waive a language" in text_of(work.get(at("work_round", "marco", 1)))
    answer = work.post(at("work_round_waive", "marco", 1), {"language": "pt", "reason": "No hay quien la revise."})
    assert answer.status_code == 303
    page = text_of(work.get(at("work_round", "marco", 1)))
    assert "Português: waived for this round" in page
    assert "No hay quien la revise." in page


def test_a_waiver_without_reason_is_refused(work, version):
    ProcessRules.objects.update(required_languages=["pt"])
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    assert work.post(at("work_round_waive", "marco", 1), {"language": "pt"}).status_code == 422
    assert work.post(at("work_round_waive", "marco", 1), {"language": "pt", "reason": "…"}).status_code == 409


@pytest.mark.parametrize("name", BY_HAND)
def test_each_move_has_its_page(work, name):
    page = work.get(at("work_move", "marco", name))
    assert str(STEPS[name].title) in text_of(page)


def test_a_move_that_does_not_exist_is_not_found(work):
    assert work.get(at("work_move", "marco", "fly")).status_code == 404


def test_a_move_from_elsewhere_has_no_button(work):
    page = work.get(at("work_move", "marco", "begin-drafting"))
    assert "does not start from there" in text_of(page)
    assert "<button" not in page.content.decode().split("</header>")[-1].split("<footer")[0]


def test_suspending_asks_why(work):
    assert work.post(at("work_move", "marco", "suspend"), {}).status_code == 422
    assert work.post(at("work_move", "marco", "suspend"), {"reason": "…"}).status_code == 409
    assert work.post(at("work_move", "marco", "suspend"), {"reason": "Falta dinero."}).status_code == 303
    assert Framework.objects.get().stage == Stage.SUSPENDED


def test_a_blocked_move_answers_with_the_list(work):
    answer = work.post(at("work_move", "marco", "final-draft"))
    assert answer.status_code == 409
    assert "0 of 2 rounds were held." in text_of(answer)


def test_the_committee_page_counts_seats_and_takes_a_reason(work, framework):
    fill_committee(again(framework), gender="m")
    page = work.get(at("work_committee", "marco"))
    assert "No reason has been published" in text_of(page)
    words = {"es": "Se buscan más.", "seen": page.context["form"].initial["seen"]}
    assert work.post(at("work_committee", "marco"), words).status_code == 303
    assert "Se buscan más." in text_of(work.get(at("work_committee", "marco")))


def test_a_reason_over_the_limit_is_kept(work):
    answer = work.post(at("work_committee", "marco"), {"es": "x" * 20_001})
    assert answer.status_code == 422
    assert "x" * 20_001 in answer.content.decode()


def test_the_overview_names_what_the_next_move_lacks(work, framework):
    page = work.get(at("workspace", "marco"))
    [move] = page.context["onward"]
    assert not move.ready
    assert "0 of 2 rounds were held." in text_of(page)


def test_the_overview_offers_the_planned_round_first(work, version, clause):
    work.post(at("work_round_plan", "marco"), facts(version=version.pk))
    first = work.get(at("workspace", "marco")).context["onward"][0]
    assert (str(first.title), first.ready) == ("Announce round 1", True)


def test_the_overview_says_what_keeps_an_announced_round_from_opening(work, framework, version, clause):
    make_round(version, state=RoundState.ANNOUNCED)
    ProcessRules.objects.update(first_round_days=200)
    page = work.get(at("workspace", "marco"))
    assert "Opening of round 1 by the clock" in text_of(page)
    assert any("rules ask for 200" in str(words) for line in page.context["onward"][0].lacks for words in line.missing)


def test_the_overview_counts_what_waits(work, consultation, producers, clause):
    make_comment(consultation, producers)
    make_clause(consultation.version, "9")
    page = work.get(at("workspace", "marco"))
    assert [(row["count"], str(row["words"])) for row in page.context["waits"]] == [
        (1, "clauses that lack text or plain words"),
        (1, "comments without answer"),
    ]


def test_the_overview_shows_days_left_and_the_forecast(work, consultation, producers):
    make_comment(consultation, producers)
    page = text_of(work.get(at("workspace", "marco")))
    assert "20 days left" in page or "21 days left" in page
    assert "0 of 1 comments answered" in page


def test_the_overview_of_a_suspended_framework_says_why(work, framework, secretary):
    suspend_framework(actor=secretary, framework=again(framework), reason="Falta dinero.")
    page = text_of(work.get(at("workspace", "marco")))
    assert "Falta dinero." in page
    assert "Drafting: Suspended" in page


def test_the_overview_is_flat(work, consultation, producers):
    make_comment(consultation, producers)
    grow = lambda: [make_comment(consultation, producers) for _ in range(3)]  # noqa: E731
    flat(lambda: work.get(at("workspace", "marco")).content, grow, ceiling=18)


def test_strangers_read_the_whole_process(client, clock, db, secretary):
    framework = write_terms_of(fill_committee(small_framework(stage="response")))
    hold_round(framework)
    page = text_of(client.get(at("process", "agua")))
    for words in ("Synopsis of round 1", "Round 1 on version 0.2", "Public since", "days between announcing and opening", "Edition 1"):
        assert words in page


def test_the_process_tells_moves_reasons_and_how_many_were_told(client, framework, secretary):
    suspend_framework(actor=secretary, framework=framework, reason="Falta dinero.")
    page = text_of(client.get(at("process", "marco")))
    assert "Falta dinero." in page
    assert "0 people were told." in page
    assert secretary.email not in page


def test_the_process_tells_the_clock_from_people(client, framework):
    StageEvent.objects.create(framework=framework, source="drafting", target="consultation", mail="standards.round_opened")
    assert "by the clock" in text_of(client.get(at("process", "marco")))


def test_waivers_are_public(client, clock, db, secretary):
    version = ready_version(required_languages=["pt"])
    consultation = Consultation.objects.get(pk=plan(version, secretary).pk)
    waive_language(actor=secretary, consultation=consultation, language="pt", reason="No hay quien la revise.")
    assert "No hay quien" not in text_of(client.get(at("process", "agua")))  # nobody knows of the round yet
    Consultation.objects.update(state=RoundState.ANNOUNCED)
    assert "No hay quien la revise." in text_of(client.get(at("process", "agua")))


@pytest.mark.parametrize(("missed", "why"), [({"PRO": 5}, "fewer people than the announced minimum"), ({}, "was suspended")])
def test_extensions_are_public_with_their_reason(client, consultation, missed, why):
    last = consultation.closes_on
    days = {"old_closes_on": last - timedelta(days=30), "new_closes_on": last}
    RoundExtension.objects.create(consultation=consultation, number=1, missed=missed, **days)
    assert why in text_of(client.get(at("process", "marco")))


def test_a_hidden_framework_hides_its_process(client, clock, db):
    make_framework("secreto", public=False)
    assert client.get(at("process", "secreto")).status_code == 404


def test_a_framework_without_anything_still_has_its_page(client, clock, db):
    make_framework("nuevo", code="NUE")
    page = text_of(client.get(at("process", "nuevo")))
    assert "Nothing has moved yet." in page
    assert "The framework has no committee yet." in page


def test_the_process_page_is_flat(client, consultation):
    def grow():
        for number in (2, 3, 4):
            make_round(consultation.version, state=RoundState.CLOSED, number=number)

    flat(lambda: client.get(at("process", "marco")).content, grow, ceiling=12)


def test_the_public_page_tells_the_forecast(client, consultation, miner):
    say(miner, consultation)
    assert "0 of 1 comments answered" in text_of(client.get(at("framework_detail", "marco")))


def test_the_public_page_of_a_suspended_framework_says_so(client, consultation, secretary):
    suspend_framework(actor=secretary, framework=consultation.framework, reason="Falta dinero.")
    page = text_of(client.get(at("framework_detail", "marco")))
    assert "no comments are taken" in page
    assert "days left" not in page


def test_home_does_not_call_to_a_suspended_round(consultation, secretary, miner):
    suspend_framework(actor=secretary, framework=consultation.framework, reason="Falta dinero.")
    assert not Consultation.objects.open_for_home(miner.user).exists()


def test_who_writes_but_does_not_lead_cannot_steer(as_user, chair, version):
    writer = make_person("redactor")
    GroupMembership.objects.create(group=Group.objects.get(), person=writer, role="member", starts_on="2020-01-01")
    there = as_user(writer)
    assert there.post(at("work_round_plan", "marco"), facts(version=version.pk)).status_code == 403
    assert "Plan a round" not in text_of(there.get(at("work_rounds", "marco")))


def test_targets_of_a_closed_round_are_read_only(work, version):
    consultation = make_round(version, state=RoundState.CLOSED)
    ParticipationTarget.objects.create(consultation=consultation, chamber=Chamber.objects.get(code="PRO"), people=9, minimum=4)
    page = work.get(at("work_round", "marco", 1))
    assert "at least 4" in text_of(page)
    assert 'name="opens_on"' not in page.content.decode()
    assert timezone.now()
