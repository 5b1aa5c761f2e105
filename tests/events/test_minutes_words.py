"""The small pieces that minutes are made of: marks, columns, rows, counts, forms and files."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from events.actions.keeping import WrittenMeanwhile, columns, lengths, mark_of, refuse_overwriting, require_words
from events.actions.minutes_agenda import in_each_language
from events.actions.tasks_of_minutes import REMINDERS
from events.enums import ResolutionKind, TaskState
from events.exports.minutes import table, words
from events.forms.minutes import ApproveForm, ItemForm, NewItemForm, OpeningForm, PresenceForm, ResolutionForm, TaskForm
from events.querysets.minuted import LETTERS, ItemRow, ResolutionRow, TaskRow, gist, tone_of
from events.querysets.presence import Presence, Seat, words_of
from events.states import MINUTES_MOVES, TASK_MOVES
from events.views.minutes_moves import STEPS
from members.models.texts import Told
from red_mpe.core.states import DomainError

TEXT = Told("Medir", "es", "Español")
NONE = Told("", "es", "Español")


def thing(**texts):
    return SimpleNamespace(**{f"text_{language}": texts.get(language) for language in ("es", "en", "pt")})


def resolution(kind="decision", text=TEXT, code="D1"):
    return ResolutionRow(1, kind, code, str(ResolutionKind(kind).label), text, 1, 7)


def task(**more):
    known = {"pk": 1, "code": "T-ABC", "text": TEXT, "who": "Ana", "who_url": "", "due_on": None, "state": "open", "item": 1, "minutes": 7}
    return TaskRow(**{**known, **more})


MEETING = SimpleNamespace(title=Told("Junta", "es", "Español"), day="4 mar 2026")


# --- marks and columns


def test_other_words_have_another_mark():
    assert mark_of(thing(es="uno"), "text") != mark_of(thing(es="dos"), "text")


def test_same_words_in_another_language_have_another_mark():
    assert mark_of(thing(es="uno"), "text") != mark_of(thing(pt="uno"), "text")


def test_nothing_and_no_words_have_the_same_mark():
    assert mark_of(thing(), "text") == mark_of(thing(es=""), "text")


def test_columns_are_clean_and_whole():
    assert columns("text", {"es": " a\r\nb "}) == {"text_es": "a\nb", "text_en": "", "text_pt": ""}


def test_columns_of_a_line_are_one_line():
    assert columns("title", {"es": "a\n b"}, line=True)["title_es"] == "a b"


def test_words_in_any_language_are_words():
    assert require_words({"text_es": "", "text_pt": "a"}, "no") is None


def test_no_words_are_refused():
    with pytest.raises(DomainError, match="no"):
        require_words({"text_es": "…"}, "no")


def test_lengths_are_no_words():
    assert lengths(thing(es="abc"), ["text_es", "text_en"]) == [3, 0]


def test_unknown_mark_overwrites_nothing():
    with pytest.raises(WrittenMeanwhile):
        refuse_overwriting(thing(es="uno"), "x", "text", written={"text_es": "dos"})


def test_no_mark_asks_for_nothing():
    assert refuse_overwriting(thing(es="uno"), "", "text", written={"text_es": "dos"}) is None


def test_right_mark_may_write():
    one = thing(es="uno")
    assert refuse_overwriting(one, mark_of(one, "text"), "text", written={"text_es": "dos"}) is None


def test_each_language_says_it_its_own_way():
    said = in_each_language(translation.get_language)
    assert said == {"es": "es", "en": "en", "pt": "pt-br"}


def test_saying_it_leaves_the_language_as_it_was():
    in_each_language(str)
    assert translation.get_language() == "es"


# --- tables


def test_every_move_of_minutes_has_a_page():
    assert set(STEPS) == set(MINUTES_MOVES)


def test_only_taking_back_is_grave():
    assert [name for name, step in STEPS.items() if step.grave] == ["withdraw"]


def test_minutes_are_moved_by_who_keeps_them():
    assert {move.permission for move in MINUTES_MOVES.values()} == {"events.write_minutes"}


def test_tasks_are_moved_by_who_took_them():
    assert {move.permission for move in TASK_MOVES.values()} == {"events.close_task"}


def test_approved_minutes_move_nowhere():
    assert not [name for name, move in MINUTES_MOVES.items() if "approved" in move.sources]


def test_reminders_do_not_overlap():
    assert all(until < days or days < 0 for days, until in REMINDERS)
    assert REMINDERS[0][1] > REMINDERS[1][0]


def test_each_kind_has_its_letter():
    assert LETTERS == {ResolutionKind.DECISION: "D", ResolutionKind.AGREEMENT: "A"}


@pytest.mark.parametrize(("state", "tone"), [("draft", "wait"), ("published", "mine"), ("approved", "ok")])
def test_state_of_minutes_has_its_tone(state, tone):
    assert tone_of(state) == tone


# --- rows


def test_resolution_without_words_is_struck_out():
    assert resolution(text=NONE).is_struck
    assert not resolution().is_struck


def test_task_without_a_day_is_never_late():
    assert (task().is_late, task().due) == (False, "")


def test_task_is_not_late_on_its_day():
    assert not task(due_on=date(2026, 3, 9)).is_late


def test_task_is_late_the_day_after():
    assert task(due_on=date(2026, 3, 8)).is_late


def test_closed_task_is_not_late():
    assert not task(due_on=date(2020, 1, 1), state=TaskState.DONE).is_late


def test_day_of_a_task_is_short():
    assert task(due_on=date(2026, 5, 3)).due == "3 may 2026"


def item(resolutions=(), tasks=()):
    return ItemRow(1, TEXT, NONE, "", "", list(resolutions), list(tasks))


def test_gist_counts_each_kind():
    assert gist([item([resolution(), resolution("agreement")], [task()]), item([resolution()])]) == {
        "decisions": 2,
        "agreements": 1,
        "tasks": 1,
    }


def test_gist_leaves_out_what_is_struck_out():
    assert gist([item([resolution(text=NONE)])])["decisions"] == 0


def test_gist_of_nothing_is_nothing():
    assert gist([]) == {"decisions": 0, "agreements": 0, "tasks": 0}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((None, None, None), ""), ((7, 0, 7), "7 personas"), ((6, 5, 11), "6 en persona y 5 en línea"), ((None, None, 8), "8 personas")],
)
def test_number_of_people_is_said_in_words(numbers, said):
    assert words_of(Presence(*numbers)) == said


# --- forms


def test_text_in_the_language_of_the_reader_comes_first():
    with translation.override("pt-br"):
        trio = OpeningForm().trios()[0]
    assert (trio["first"].name, [field.name for field in trio["others"]]) == ("opening_pt", ["opening_es", "opening_en"])


def test_other_languages_are_folded_while_they_are_empty():
    assert not OpeningForm({"opening_es": "Hola"}).trios()[0]["open"]


def test_other_languages_open_where_only_they_say_something():
    assert OpeningForm({"opening_pt": "Olá"}).trios()[0]["open"]


def test_other_languages_open_where_one_is_wrong():
    form = OpeningForm({"opening_es": "Hola", "opening_pt": "x" * 2001})
    assert not form.is_valid()
    assert form.trios()[0]["open"]


def test_item_without_agenda_has_no_session():
    assert "session" not in ItemForm(sessions=[]).fields


def test_item_without_a_session_has_no_key():
    form = NewItemForm({"title_es": "Uno"}, sessions=[(4, "Apertura")])
    assert form.is_valid()
    assert form.session_key is None


def test_item_with_a_session_has_its_key():
    form = NewItemForm({"title_es": "Uno", "session": "4"}, sessions=[(4, "Apertura")])
    assert form.is_valid()
    assert form.session_key == 4


def test_item_of_a_foreign_session_is_refused():
    assert not NewItemForm({"title_es": "Uno", "session": "5"}, sessions=[(4, "Apertura")]).is_valid()


def test_new_item_asks_for_its_title_only():
    assert NewItemForm.texts.keys() == {"title"}


@pytest.mark.parametrize(("kind", "fits"), [("decision", True), ("agreement", True), ("wish", False)])
def test_resolution_has_one_of_two_kinds(kind, fits):
    assert ResolutionForm({"kind": kind, "text_es": "x"}).is_valid() is fits


def test_task_offers_nobody_else():
    form = TaskForm({"text_es": "x", "person": "9"}, takers={"person": [(1, "Ana")], "organisation": []})
    assert "person" in form.errors


def seats(*pks):
    return [Seat(pk, f"P{pk}", "", "") for pk in pks]


def test_presence_of_one_mode_is_a_tick():
    form = PresenceForm({"p1": "on"}, seats=seats(1, 2), mode="on-line")
    assert form.is_valid()
    assert form.present() == {1: "on-line"}


def test_presence_of_two_modes_is_chosen():
    form = PresenceForm({"p1": "on-site", "p2": "on-line"}, seats=seats(1, 2, 3), mode="hybrid")
    assert form.is_valid()
    assert form.present() == {1: "on-site", 2: "on-line"}


def test_presence_of_strangers_is_not_heard():
    form = PresenceForm({"p9": "on"}, seats=seats(1), mode="on-site")
    assert form.is_valid()
    assert form.present() == {}


def test_presence_names_role_and_organisation():
    form = PresenceForm(seats=[Seat(1, "Ana", "Secretaría", "Cooperativa")], mode="on-site")
    assert form.fields["p1"].label == "Ana · Secretaría · Cooperativa"


def test_approval_is_at_an_offered_meeting():
    assert not ApproveForm({"at_event": "otra"}, meetings=[("una", "Una")]).is_valid()
    assert ApproveForm({"at_event": "una"}, meetings=[("una", "Una")]).is_valid()


# --- files


def test_table_begins_with_the_mark_of_unicode_and_its_head():
    assert table([], [], {}).decode() == "\ufeffReunión,Día,Tipo,Número,Texto,Quiénes,Hasta,Estado\r\n"


def test_table_keeps_names_from_being_formulas():
    assert "'=Ana" in table([], [task(who="=Ana")], {7: MEETING}).decode()


def test_text_leaves_out_meetings_without_anything():
    assert words("Grupo", [], [], {7: MEETING}).decode() == "# Grupo\n"


def test_text_says_who_until_when():
    text = words("Grupo", [], [task(due_on=date(2026, 5, 3))], {7: MEETING}).decode()
    assert "- **T-ABC** Medir (Ana · 3 may 2026; " in text
