"""What pages read: rows, threads, counts that hide the few."""

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from red_mpe.core.models import Chamber, StakeholderCategory
from standards.actions.comments import toggle_support, withdraw_comment
from standards.actions.identities import own_persona
from standards.actions.moderation import hide_comment
from standards.enums import Level, RoundState, Stance
from standards.models import Clause, ClauseLanguage, ClauseText, Comment, Consultation, Framework, ParticipationTarget, Version
from standards.querysets import hide_small
from standards.querysets.clauses import anchor, language_of
from standards.querysets.comments import comment_row, sent_on
from standards.querysets.rounds import participation
from tests.conftest import make_person
from tests.factories.standards import answer, fresh, say
from tests.support.frameworks import make_clause, make_comment, make_framework, make_round, make_version
from tests.support.queries import flat


def rows(version, language="es"):
    with translation.override(language):
        return ClauseText.objects.rows(Version.objects.select_related("framework").get(pk=version.pk))


@pytest.mark.parametrize(
    ("language", "text", "lang", "foreign"),
    [
        ("es", "La operación elimina", "es", ""),
        ("en", "The operation keeps", "en", ""),
        ("pt-br", "La operación elimina", "es", "Español"),
    ],
)
def test_a_row_is_in_the_readers_language_or_marked(version, clause, language, text, lang, foreign):
    (row,) = rows(version, language)
    assert text in row.text
    assert (row.lang, row.foreign, row.label, row.anchor) == (lang, foreign, "2.3.1", "c-2-3-1")


def test_a_translated_title_alone_does_not_hide_the_text(version, clause):
    ClauseText.objects.update(title_pt="Mercúrio")
    (row,) = rows(version, "pt-br")
    assert (row.lang, row.title) == ("es", "Mercurio")
    assert "operación" in row.text


def test_words_only_in_a_third_language_are_shown(version):
    make_clause(version, "1", title_es="", text_en="Water.")
    assert [(row.lang, row.foreign) for row in rows(version, "pt-br")] == [("en", "English")]


def test_a_clause_without_any_words_is_in_the_readers_language():
    nothing = dict.fromkeys([f"{name}_{code}" for name in ("text", "title") for code in ("es", "en", "pt")], "")
    assert language_of(nothing, ("pt", "es", "en")) == "pt"
    assert language_of({**nothing, "title_en": "Water"}, ("pt", "es", "en")) == "en"


def test_a_row_counts_what_stands_and_marks_what_is_stale(version, clause, consultation, miner, neighbour):
    comment = say(miner, consultation, clause)
    answer(neighbour, comment)
    withdraw_comment(actor=miner.user, comment=say(miner, consultation, clause))
    ClauseLanguage.objects.create(clause_text=clause, language="en", state="stale")
    assert [(row.comments, row.stale) for row in rows(version, "en")] == [(2, True)]
    assert [(row.comments_label, row.stale) for row in rows(version, "es")] == [("2 comentarios", False)]


def test_rows_sum_what_lies_below(version, consultation, producers):
    heading = make_clause(version, "3")
    ClauseText.objects.filter(pk=heading.pk).update(level=Level.PRINCIPLE)
    below = make_clause(version, "3.1", text_es="a")
    ClauseText.objects.filter(pk=below.pk).update(depth=1)
    make_clause(version, "4", text_es="b")
    make_comment(consultation, producers, clause_text=below)
    make_comment(consultation, producers, clause_text=heading)
    assert {row.label: (row.heading, row.comments, row.below) for row in rows(version)} == {
        "2.3.1": (0, 0, 0),
        "3": (2, 1, 2),
        "3.1": (0, 1, 1),
        "4": (0, 0, 0),
    }


def test_a_row_says_class_form_and_who_answers(version, clause):
    facts = {"requirement_class": "progress", "deadline_months": 12, "verbal_form": "must", "responsible": ["operator", "plant"]}
    ClauseText.objects.update(**facts)
    (row,) = rows(version, "en")
    assert row.tags == (("progress", "Progress · 12 months"), ("", "must"), ("", "operator · plant"))
    ClauseText.objects.update(requirement_class="entry", deadline_months=0, verbal_form="", responsible=[])
    assert rows(version, "en")[0].tags == (("entry", "Entry"),)


def test_addresses_of_a_row_lead_to_its_clause(version, clause, as_user):
    (row,) = rows(version)
    assert row.url.endswith("/marco/0.2/2.3.1/")
    assert as_user().get(row.url).status_code == as_user().get(row.thread_url).status_code == 200
    assert anchor("A II.1") == "c-a-ii-1"


def test_very_long_versions_go_without_sums(version, clause):
    clauses = Clause.objects.bulk_create(Clause(framework=version.framework) for _ in range(2000))
    ClauseText.objects.bulk_create(ClauseText(version=version, clause=one, label=f"9.{n}", position=n + 9) for n, one in enumerate(clauses))
    found = rows(version)
    assert len(found) == 2001
    assert {row.below for row in found} == {0}


def test_rows_are_flat(version, clause, consultation, producers):
    def grow():
        for label in ("5", "6", "7"):
            make_comment(consultation, producers, clause_text=make_clause(version, label, text_es="x"))

    flat(lambda: rows(version), grow, ceiling=4)


def test_coverage_counts_each_language(version, clause):
    make_clause(version, "3", title_es="Agua")
    ClauseLanguage.objects.create(clause_text=clause, language="es", state="reviewed")
    ClauseLanguage.objects.create(clause_text=clause, language="en", state="stale")
    found = {row.pop("language"): row for row in version.texts.coverage()}
    assert found["es"] == {"total": 2, "written": 2, "reviewed": 1, "stale": 0}
    assert found["en"] == {"total": 2, "written": 1, "reviewed": 0, "stale": 1}
    assert found["pt"]["written"] == 0
    assert Version.objects.with_clause_count().get().clause_count == 2


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause, stance=Stance.CHANGES, kind="te", proposed="Ninguna operación usa mercurio.")


def test_a_thread_stands_in_order_and_two_levels_deep(miner, neighbour, scholar, comment):
    first = answer(neighbour, comment)
    second = answer(scholar, first)
    third = answer(miner, second)
    last = answer(neighbour, comment)
    (root,) = Comment.objects.all().threads(None)
    assert [row.code for row in root.replies] == [first.code, third.code, last.code]
    assert [row.code for row in root.replies[0].replies] == [second.code]
    deep = next(row for row in root.replies if row.code == third.code)
    assert deep.answering == next(row for row in root.replies[0].replies).byline


def test_a_row_is_mine_only_to_me(miner, neighbour, consultation, comment):
    toggle_support(actor=fresh(neighbour.user), comment=comment)
    for user, mine, supported in ((miner.user, True, False), (neighbour.user, False, True)):
        (row,) = Comment.objects.all().threads(own_persona(user, consultation))
        assert (row.mine, row.supported, row.supporters) == (mine, supported, 1)
    with translation.override("en"):
        assert "1 person" in Comment.objects.all().threads(None)[0].support_label


def test_a_row_says_kind_stance_and_language(comment):
    with translation.override("en"):
        (row,) = Comment.objects.all().threads(None)
    assert (row.kind, row.stance, row.stance_kind, row.foreign, row.chamber_code) == (
        "Technical",
        "Agree with changes",
        "wait",
        "Español",
        "pro",
    )
    assert "<ins>Ninguna</ins>" in row.redline


def test_withdrawn_and_hidden_words_never_leave_a_row(miner, secretary, comment, consultation, clause):
    hidden = say(miner, consultation, clause, kind="te", proposed="Otra palabra.")
    withdraw_comment(actor=miner.user, comment=comment)
    hide_comment(actor=secretary, comment=hidden, reason="Nombra a una persona.")
    for row in Comment.objects.all().threads(None):
        assert (row.body, row.redline) == ("", "")
        assert row.marker
        assert "río" not in repr(row)
    assert "Nombra a una persona." in row.marker


def test_the_day_of_a_comment_is_the_same_in_every_zone(comment):
    days = set()
    for name in ("Pacific/Kiritimati", "America/Tijuana", "UTC"):
        with timezone.override(name):
            days.add(comment_row(Comment.objects.for_list().get(), [], None, set()).day)
    assert days == {sent_on(comment)}
    assert sent_on(comment).isoformat() == "2026-03-09"


def test_threads_are_flat(miner, neighbour, consultation, clause, comment):
    def grow():
        for number in range(3):
            other = make_person(f"otra-{number}")
            toggle_support(actor=neighbour.user, comment=answer(other, say(other, consultation, clause)))

    persona = own_persona(miner.user, consultation)
    flat(lambda: Comment.objects.all().threads(persona), grow, ceiling=3)


def test_counted_leaves_out_what_was_taken_back(miner, comment):
    assert Comment.objects.all().counted().count() == 1
    withdraw_comment(actor=miner.user, comment=comment)
    assert Comment.objects.all().counted().count() == 0


def test_participation_counts_people_not_comments(consultation, producers):
    ParticipationTarget.objects.create(consultation=consultation, chamber=producers.chamber, people=30)
    others = {code: StakeholderCategory.objects.filter(chamber__code=code).first() for code in ("COM", "SOC")}
    for category, people in ((producers, 6), (others["COM"], 5), (others["SOC"], 2)):
        for _ in range(people):
            persona = make_comment(consultation, category).persona
        make_comment(consultation, category, persona=persona)
    cells = {cell.code: (cell.people, cell.target) for cell in participation(consultation)}
    assert cells == {"PRO": (6, 30), "COM": (None, None), "SOC": (None, None), "CAD": (0, None), "GOB": (0, None)}


def test_participation_leaves_out_late_and_taken_back(consultation, producers):
    for fields in ({"late": True}, {"state": "withdrawn"}, {"state": "hidden", "hidden_reason": "x"}):
        make_comment(consultation, producers, **fields)
    assert {cell.people for cell in participation(consultation)} == {0}
    assert len(participation(consultation)) == Chamber.objects.count()


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["PRO", "COM", "SOC", "CAD", "GOB"]), st.integers(0, 12)), st.integers(1, 6))
def test_no_small_group_can_be_subtracted(counts, smallest):
    hidden = hide_small(counts, smallest)
    small = {code for code, count in counts.items() if 0 < count < smallest}
    assert small <= hidden
    assert all(counts[code] for code in hidden)
    if small and sum(map(bool, counts.values())) > 1:
        assert len(hidden) >= 2
    if not small:
        assert not hidden


def test_rounds_for_home_and_desk(clock, db, visitor):
    for number, state in enumerate(RoundState.values):
        make_round(make_version(make_framework(f"m{number}", code=f"M{number}")), state=state, days_left=20 - number)
    hidden = make_version(make_framework("oculto", public=False))
    make_round(hidden, days_left=1)
    assert [found.framework.slug for found in Consultation.objects.open_for_home(visitor)] == ["m2"]
    assert [found.framework.slug for found in Consultation.objects.due_soon()] == ["oculto", "m2", "m1"]


def test_things_are_called_by_their_place(version, clause, consultation, comment):
    assert [str(thing) for thing in (version, consultation, comment)] == ["marco 0.2", "marco R1", comment.code]
    assert str(clause.clause) == str(clause.clause.uuid)
    assert str(clause) == "2.3.1 Mercurio"
    assert str(Framework(slug="x")) == "x"
    assert str(version.framework.rules).endswith(f"{version.framework.rules_id}.1")
    assert consultation.get_absolute_url() == version.framework.get_absolute_url()
    assert version.get_absolute_url().endswith("/marco/0.2/")
