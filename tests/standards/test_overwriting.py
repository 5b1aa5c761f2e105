"""Whoever saves second never overwrites what they have not seen: both texts are shown and nothing is lost."""

import pytest

from red_mpe.core.models import Chamber
from standards.actions.changelog import edit_change, write_change_log
from standards.actions.overwriting import OverwrittenError, mark_of, refuse_overwriting
from standards.actions.texts import freeze_version
from standards.models import AnswerTemplate, ClauseText, Consultation, Framework, Version, VersionChange
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.versions import follow

BOTH, MEANWHILE = "Both texts", "Somebody else saved this in the meantime"


def at(name, *args):
    return url(f"standards:{name}", "marco", *args, language="en")


@pytest.fixture
def work(as_user, committee):
    return as_user(committee.chair)


@pytest.fixture
def new(version, clause):
    """A draft of which one clause says something else."""
    made = follow(version, "0.3")
    ClauseText.objects.filter(version=made).update(text_es="Otra cosa.")
    write_change_log(made)
    return made


@pytest.fixture
def line(new):
    return at("change_edit", "0.3", new.texts.get().clause.uuid)


@pytest.fixture
def planned(work, version):
    days = {"version": version.pk, "opens_on": "2026-05-01", "closes_on": "2026-06-29", "question_es": "¿Qué falta?", "target_PRO": "10"}
    work.post(at("work_round_plan"), days)
    return {name: value for name, value in days.items() if name != "version"}


@pytest.fixture
def template(framework):
    return AnswerTemplate.objects.create(framework=framework, title_es="Plazos", reason_es="Se amplía.")


def seen(client, address):
    """The mark that the form at `address` carries now."""
    return client.get(address).context["form"]["seen"].value()


def again(client, address, answer, data):
    """Send the form once more, with the mark that the refusal gave it."""
    return client.post(address, data | {"seen": answer.context["form"]["seen"].value()})


def test_what_stands_unchanged_is_saved_over():
    refuse_overwriting({"a": "x"}, {"a": "y"}, mark_of({"a": "x"}))


def test_the_order_of_fields_does_not_matter():
    assert mark_of({"a": "1", "b": "2"}) == mark_of({"b": "2", "a": "1"}) != mark_of({"a": "2", "b": "1"})


def test_what_changed_in_the_meantime_is_refused_with_both_texts():
    with pytest.raises(OverwrittenError) as refusal:
        refuse_overwriting({"a": "z"}, {"a": "y"}, mark_of({"a": "x"}))
    assert (refusal.value.theirs, refusal.value.mine, refusal.value.mark) == ({"a": "z"}, {"a": "y"}, mark_of({"a": "z"}))


def test_saving_what_stands_already_is_no_overwriting():
    refuse_overwriting({"a": "y"}, {"a": "y"}, mark_of({"a": "x"}))


def test_without_a_form_the_caller_answers_for_it():
    refuse_overwriting({"a": "z"}, {"a": "y"}, None)


def test_a_line_of_the_log_is_not_overwritten(work, line):
    mine = {"kind": "editorial", "summary_es": "Lo mío.", "seen": seen(work, line)}
    VersionChange.objects.update(summary_es="Lo suyo.", kind="moved")
    answer = work.post(line, mine)
    words = text_of(answer)
    assert (answer.status_code, VersionChange.objects.get().summary_es) == (409, "Lo suyo.")
    assert all(said in words for said in (BOTH, MEANWHILE, "Lo suyo.", "mío.", "moved or renumbered"))


def test_a_line_is_replaced_by_who_has_seen_both(work, line):
    mine = {"kind": "editorial", "summary_es": "Lo mío.", "seen": seen(work, line)}
    VersionChange.objects.update(summary_es="Lo suyo.")
    assert again(work, line, work.post(line, mine), mine).status_code == 303
    assert VersionChange.objects.get().summary_es == "Lo mío."


def test_a_line_without_a_mark_overwrites_nothing(work, line):
    assert work.post(line, {"kind": "editorial"}).status_code == 409
    assert VersionChange.objects.get().kind == "substantive"


def test_words_for_a_line_that_has_gone_come_back(work, line, new):
    mine = {"kind": "editorial", "summary_es": "Lo mío.", "seen": seen(work, line)}
    before = ClauseText.objects.get(version=new.previous)
    ClauseText.objects.filter(version=new).update(text_es=before.text_es)
    write_change_log(new)
    answer = work.post(line, mine)
    assert (answer.status_code, work.get(line).status_code) == (409, 404)
    assert "again as it was" in text_of(answer)
    assert "Lo mío." in answer.content.decode()


def test_a_line_of_a_clause_that_never_was_is_not_found(work, line, new):
    VersionChange.objects.all().delete()
    new.texts.all().delete()
    assert work.post(line, {"kind": "editorial"}).status_code == 404


def test_a_line_is_looked_up_as_the_text_stands(new, committee):
    line = VersionChange.objects.get()
    ClauseText.objects.filter(version=new).update(label="7.1")
    edit_change(actor=fresh(committee.chair.user), change=line, kind="editorial")
    assert VersionChange.objects.get().new_label == "7.1"


def test_the_summary_of_a_version_is_not_overwritten(work, new):
    address = at("workspace_version", "0.3")
    mine = {"change_summary_es": "Lo mío.", "seen": seen(work, address)}
    Version.objects.filter(pk=new.pk).update(change_summary_es="Lo suyo.", change_summary_en="Theirs.")
    answer = work.post(address, mine)
    assert (answer.status_code, Version.objects.get(pk=new.pk).change_summary_es) == (409, "Lo suyo.")
    assert all(said in text_of(answer) for said in (BOTH, "Lo suyo.", "Theirs."))
    assert again(work, address, answer, mine).status_code == 303
    assert Version.objects.get(pk=new.pk).change_summary_es == "Lo mío."


def test_words_for_a_version_frozen_in_the_meantime_stay_on_the_page(work, new):
    address = at("workspace_version", "0.3")
    mine = {"change_summary_es": "Lo mío.", "seen": seen(work, address)}
    freeze_version(version=new, actor=None)
    answer = work.post(address, mine)
    assert (answer.status_code, Version.objects.get(pk=new.pk).change_summary_es) == (409, None)
    assert "Lo mío." in answer.content.decode()


def test_a_planned_round_is_not_overwritten(work, planned):
    address = at("work_round", 1)
    mine = planned | {"question_es": "¿Lo mío?", "target_PRO": "11", "seen": seen(work, address)}
    Consultation.objects.update(question_es="¿Lo suyo?")
    answer = work.post(address, mine)
    words = text_of(answer)
    assert (answer.status_code, Consultation.objects.get().question_es) == (409, "¿Lo suyo?")
    name = Chamber.objects.get(code="PRO").name_en
    assert all(said in words for said in (BOTH, "¿Lo suyo?", f"{name}: Target"))
    assert "2026-06-29" not in words


def test_a_planned_round_is_replaced_by_who_has_seen_both(work, planned):
    address = at("work_round", 1)
    mine = planned | {"target_PRO": "11", "seen": seen(work, address)}
    Consultation.objects.get().targets.update(people=7)
    assert again(work, address, work.post(address, mine), mine).status_code == 303
    assert Consultation.objects.get().targets.get().people == 11


def test_words_for_a_round_announced_in_the_meantime_stay_on_the_page(work, planned):
    address = at("work_round", 1)
    mine = planned | {"question_es": "¿Lo mío?", "seen": seen(work, address)}
    Consultation.objects.update(state="announced")
    answer = work.post(address, mine)
    assert answer.status_code == 409
    assert "¿Lo mío?" in answer.content.decode()


def test_the_reason_of_the_balance_is_not_overwritten(work, framework):
    address = at("work_committee")
    mine = {"es": "Lo mío.", "seen": seen(work, address)}
    Framework.objects.update(balance_reason_es="Lo suyo.")
    answer = work.post(address, mine)
    assert (answer.status_code, Framework.objects.get().balance_reason_es) == (409, "Lo suyo.")
    assert BOTH in text_of(answer)
    assert again(work, address, answer, mine).status_code == 303


def test_a_template_is_not_overwritten(work, template):
    address = at("answer_template", template.pk)
    mine = {"title_es": "Lo mío", "reason_es": "Se amplía.", "disposition": "AM", "seen": seen(work, address)}
    AnswerTemplate.objects.update(title_es="Lo suyo")
    answer = work.post(address, mine)
    words = text_of(answer)
    assert (answer.status_code, AnswerTemplate.objects.get().title_es) == (409, "Lo suyo")
    assert all(said in words for said in (BOTH, "Lo suyo", "AM · "))
    assert again(work, address, answer, mine).status_code == 303


def test_words_for_a_template_taken_away_become_a_new_one(work, template):
    address = at("answer_template", template.pk)
    mine = {"title_es": "Lo mío", "reason_es": "Se amplía.", "seen": seen(work, address)}
    template.delete()
    answer = work.post(address, mine)
    assert (answer.status_code, work.get(address).status_code) == (422, 404)
    assert f'action="{at("answer_templates")}"' in answer.content.decode()
    assert work.post(at("answer_templates"), mine).status_code == 303
    assert AnswerTemplate.objects.get().title_es == "Lo mío"


def test_a_template_sent_twice_is_saved_once(work, template):
    address = at("answer_template", template.pk)
    mine = {"title_es": "Lo mío", "reason_es": "Se amplía.", "seen": seen(work, address)}
    assert [work.post(address, mine).status_code for _ in range(2)] == [303, 303]
