"""What must hold before a round is announced and opens: what the numbers of the rules say of later rounds, targets and waivers."""

from datetime import timedelta

import pytest
from django.utils import translation

from red_mpe.core.models import Chamber
from red_mpe.core.states import DomainError, unmet
from standards.actions.rounds import announce_round, open_round, waive_language
from standards.enums import RoundState, Stage
from standards.models import ClauseText, Consultation, Framework, ProcessRules, Synopsis, Version
from standards.states import ANNOUNCE_ROUND, OPEN_ROUND
from standards.states.guards import changes, licences, rounds
from tests.factories.process import follow_up, hold_round, log_change
from tests.factories.standards import plan, ready_version
from tests.support.frameworks import make_clause, make_round, make_version


@pytest.fixture
def ready(clock, db):
    return ready_version()


@pytest.fixture
def planned(ready, secretary):
    return plan(ready, secretary)


def fresh(consultation):
    return Consultation.objects.select_related("framework__rules", "version__framework").get(pk=consultation.pk)


def said(consultation, guard, language="en"):
    with translation.override(language):
        return [str(words) for words in guard(fresh(consultation))]


def later(ready, secretary, *, days=30, **fields):
    """A second round on the version after `ready`."""
    hold_round(ready.framework, version=ready, days_ago=40)
    return plan(follow_up(ready, **fields), secretary, days=days)


def leave_drafting(planned):
    Framework.objects.update(stage=Stage.RESPONSE)


def hide(planned):
    Version.objects.update(public=False)


def begin_another(planned):
    make_round(make_version(planned.framework, "0.9"), state=RoundState.ANNOUNCED, number=7)


def empty(planned):
    planned.version.texts.filter(level="requirement").delete()
    planned.version.texts.all().delete()


def take_words(planned):
    ClauseText.objects.update(text_es="", title_es="")


def ask_portuguese(planned):
    ProcessRules.objects.update(required_languages=["pt"])


def add_unlogged(planned):
    Version.objects.filter(pk=planned.version_id).update(previous=make_version(planned.framework, "0.1"))


def shorten(planned):
    Consultation.objects.update(closes_on=planned.closes_on - timedelta(days=1))


def come_near(planned):
    Consultation.objects.update(opens_at=planned.opens_at - timedelta(days=7))


def copy_a_source(planned):
    ClauseText.objects.filter(label="1.1").update(forbids_adaptation=True)


def hold_untold(planned):
    Consultation.objects.update(number=5)
    hold_round(planned.framework, version=planned.version, synopsis=False)


def take_a_target(planned):
    planned.targets.filter(chamber__code="COM").delete()


SPOILED = [
    (rounds.is_drafted, leave_drafting),
    (rounds.no_other_round_is_live, begin_another),
    (rounds.is_public, hide),
    (rounds.has_texts, empty),
    (rounds.requirements_are_complete, take_words),
    (rounds.languages_are_reviewed, ask_portuguese),
    (licences.sources_may_be_adapted, copy_a_source),
    (changes.change_log_is_built, add_unlogged),
    (rounds.round_is_long_enough, shorten),
    (rounds.announced_early_enough, come_near),
    (rounds.synopsis_was_readable, hold_untold),
    (rounds.targets_are_set, take_a_target),
]


def test_a_round_that_has_everything_may_be_announced(planned):
    assert unmet(fresh(planned), ANNOUNCE_ROUND) == []


@pytest.mark.parametrize(("guard", "spoil"), SPOILED, ids=lambda part: getattr(part, "name", ""))
def test_each_guard_refuses_in_three_languages(planned, guard, spoil):
    assert said(planned, guard) == []
    spoil(planned)
    words = {language: said(planned, guard, language) for language in ("es", "en", "pt-br")}
    assert all(words.values())
    assert len({str(one) for one in words.values()}) == 3


def test_every_guard_of_announcing_is_seen_refusing():
    assert {guard for guard, _spoil in SPOILED} == set(ANNOUNCE_ROUND.guards)


def test_the_clock_looks_at_the_text_once_more():
    assert {guard.name for guard in OPEN_ROUND.guards} == {
        "is_public",
        "has_texts",
        "requirements_are_complete",
        "languages_are_reviewed",
        "sources_may_be_adapted",
        "round_is_long_enough",
    }


def test_a_text_spoiled_after_the_announcement_does_not_open(planned, clock):
    Consultation.objects.update(state=RoundState.ANNOUNCED)
    take_words(planned)
    clock.move_to(planned.opens_at)
    with pytest.raises(Exception, match=r"1\.1"):
        open_round(consultation=fresh(planned))
    assert not Version.objects.get().frozen


def test_headings_need_a_title_or_a_text(planned):
    ClauseText.objects.filter(label="1").update(title_es="")
    assert said(planned, rounds.requirements_are_complete) == ["Without title and text: 1."]


def test_sub_requirements_need_a_text_and_no_plain_words(planned, ready):
    text = make_clause(ready, "1.1.1", plain_es="")
    type(text).objects.filter(pk=text.pk).update(level="sub_requirement")
    assert said(planned, rounds.requirements_are_complete) == ["Without text: 1.1.1."]


def test_a_waived_language_is_not_asked_for(planned, secretary):
    ask_portuguese(planned)
    waive_language(actor=secretary, consultation=fresh(planned), language="pt", reason="No hay quien la revise.")
    assert said(planned, rounds.languages_are_reviewed) == []


def test_a_waiver_is_for_its_round_only(planned, secretary, ready):
    ask_portuguese(planned)
    waive_language(actor=secretary, consultation=fresh(planned), language="pt", reason="No hay quien la revise.")
    other = plan(ready, secretary, start=100)
    assert said(other, rounds.languages_are_reviewed)


def test_a_language_is_named_by_its_own_name(planned):
    ask_portuguese(planned)
    assert "“Português”" in said(planned, rounds.languages_are_reviewed)[0]


def test_a_later_round_with_few_changes_may_be_short(ready, secretary):
    assert rounds.least_days(fresh(later(ready, secretary))) == 30


def test_a_later_round_with_many_changes_is_as_long_as_the_first(ready, secretary):
    second = later(ready, secretary, text_es="Otra cosa.")
    log_change(second.version, second.version.texts.get(label="1.1").clause)
    assert rounds.least_days(fresh(second)) == 60
    assert said(second, rounds.round_is_long_enough) == ["The round lasts 30 days and the rules ask for 60."]


def test_exactly_the_share_of_the_rules_is_few(ready, secretary):
    ProcessRules.objects.update(changed_percent=50)
    second = later(ready, secretary, text_es="Otra cosa.")
    log_change(second.version, second.version.texts.get(label="1.1").clause)
    assert rounds.least_days(fresh(second)) == 30


def test_a_later_round_that_nothing_preceded_may_be_short(planned):
    Consultation.objects.update(number=2)
    assert rounds.least_days(fresh(planned)) == 30


def test_the_gap_counts_from_the_synopsis(ready, secretary):
    second = later(ready, secretary)
    Synopsis.objects.update(published_at=second.opens_at - timedelta(days=15))
    assert said(second, rounds.synopsis_was_readable) == []
    Synopsis.objects.update(published_at=second.opens_at - timedelta(days=15) + timedelta(minutes=1))
    assert "15 days" in said(second, rounds.synopsis_was_readable)[0]


def test_a_target_of_nobody_is_none(planned):
    planned.targets.filter(chamber__code="SOC").update(people=0)
    assert said(planned, rounds.targets_are_set)


def test_chambers_without_vote_need_no_target(planned):
    assert not planned.targets.filter(chamber__votes=False).exists()
    assert said(planned, rounds.targets_are_set) == []


def test_missing_targets_name_their_chambers(planned):
    planned.targets.all().delete()
    words = said(planned, rounds.targets_are_set)[0]
    with translation.override("en"):
        assert all(chamber.name in words for chamber in Chamber.objects.filter(votes=True))


def test_a_change_log_of_all_changes_is_built(ready, secretary):
    second = later(ready, secretary, text_es="Otra cosa.")
    assert said(second, changes.change_log_is_built) == ["The change log does not tell of: 1.1."]
    log_change(second.version, second.version.texts.get(label="1.1").clause)
    assert said(second, changes.change_log_is_built) == []


def test_a_text_changed_much_after_the_announcement_does_not_open_for_a_short_round(ready, secretary, clock):
    second = later(ready, secretary)
    Consultation.objects.filter(pk=second.pk).update(state=RoundState.ANNOUNCED)
    ClauseText.objects.filter(version=second.version, label="1.1").update(text_es="Otra cosa muy distinta.")
    clock.move_to(second.opens_at)
    with translation.override("en"), pytest.raises(DomainError, match="lasts 30 days and the rules ask for 60"):
        open_round(consultation=fresh(second))
    assert not Version.objects.get(pk=second.version_id).frozen


def test_a_log_that_has_grown_old_does_not_make_a_short_round(ready, secretary):
    second = later(ready, secretary, text_es="Otra cosa muy distinta.")
    log_change(second.version, second.version.texts.get(label="1.1").clause, "editorial")
    assert said(second, rounds.round_is_long_enough) == []
    with translation.override("en"), pytest.raises(DomainError, match="lasts 30 days and the rules ask for 60"):
        announce_round(actor=secretary, consultation=fresh(second))
    assert said(second, rounds.round_is_long_enough) != []
