"""Writing clauses in the admin: through actions, in language tabs, never in a frozen version."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from red_mpe.core.models import AuditEntry, Theme
from standards.actions.texts import add_clause_text, freeze_version, mark_languages, review_language
from standards.models import ClauseText
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.secretariat import at, enter, errors, filled


@pytest.fixture
def version(db):
    return make_version(make_framework(), public=False)


@pytest.fixture
def text(version):
    text = make_clause(version, "1.1", text_es="La operación debe llevar un registro.", text_en="The operation must keep a register.")
    mark_languages(text)
    return text


@pytest.fixture
def desk(client, secretary):
    return enter(client, secretary)


def test_form_has_a_field_for_each_language_and_our_own_tabs(desk, text):
    html = desk.get(at("clausetext_change", text.pk)).content.decode()
    assert all(f'name="text_{language}"' in html for language in ("es", "en", "pt"))
    assert "/static/vendor/jquery-ui-tabs.js" in html


def test_tabs_are_vendored_with_their_licence():
    script = Path(finders.find("vendor/jquery-ui-tabs.js")).read_text()
    assert '$.widget( "ui.tabs"' in script
    assert "Permission is hereby granted" in Path(finders.find("vendor/jquery-ui-tabs.LICENSE.txt")).read_text()


def test_saving_renders_the_text_and_makes_translations_stale(desk, secretary, text):
    review_language(actor=secretary, version=text.version, language="en")
    address = at("clausetext_change", text.pk)
    desk.post(address, filled(desk.get(address), text_es="La operación debe llevar un registro *diario*."))
    text.refresh_from_db()
    assert "<em>diario</em>" in text.text_html_es
    assert text.languages.get(language="en").state == "stale"
    assert AuditEntry.objects.get(verb="standards.clause_text_saved").actor == secretary


def test_saving_writes_themes_boxes_and_lines(desk, text):
    theme = Theme.objects.first()
    address = at("clausetext_change", text.pk)
    many = {"themes": [theme.pk], "applies_to": ["alluvial", "all"], "sources": "Minamata, art. 7\n\n OIT 182 "}
    desk.post(address, filled(desk.get(address), **many))
    text.refresh_from_db()
    assert (text.applies_to, text.sources) == (["alluvial", "all"], ["Minamata, art. 7", "OIT 182"])
    assert list(text.themes.all()) == [theme]


def test_too_many_plain_words_are_refused_beside_their_field(desk, text):
    address = at("clausetext_change", text.pk)
    answer = desk.post(address, filled(desk.get(address), plain_pt="palavra " * 61))
    assert "60" in str(answer.context["adminform"].form.errors["plain_pt"])


def test_frozen_version_is_only_read(desk, text):
    freeze_version(version=text.version, actor=None)
    page = desk.get(at("clausetext_change", text.pk))
    assert 'name="text_es"' not in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


def test_save_that_comes_after_the_freezing_is_refused_and_keeps_the_words(desk, text):
    address = at("clausetext_change", text.pk)
    data = filled(desk.get(address), text_es="Palabras escritas tarde.")
    freeze_version(version=text.version, actor=None)
    answer = desk.post(address, data)
    assert "is frozen" in errors(answer)
    assert "Palabras escritas tarde." in answer.content.decode()
    assert ClauseText.objects.get(pk=text.pk).text_es == "La operación debe llevar un registro."


def test_new_clause_stands_last_under_its_parent(desk, version, text):
    below = make_clause(version, "1.1.1", parent=text, depth=1)
    after = make_clause(version, "2")
    start = desk.get(at("clausetext_add", version=version.pk))
    desk.post(at("clausetext_add"), filled(start, label="1.1.2", parent=text.pk, title_es="Nueva", text_es="Debe *más*."))
    new = ClauseText.objects.get(label="1.1.2")
    order = list(version.texts.order_by("position").values_list("label", flat=True))
    assert order == [text.label, below.label, "1.1.2", after.label]
    assert (new.depth, new.parent, new.languages.count(), "<em>" in new.text_html_es) == (1, text, 3, True)


def test_label_that_is_taken_is_refused_with_the_words_kept(desk, version, text):
    start = desk.get(at("clausetext_add", version=version.pk))
    answer = desk.post(at("clausetext_add"), filled(start, label="1.1", text_es="Palabras nuevas."))
    assert "already exists" in errors(answer)
    assert "Palabras nuevas." in answer.content.decode()
    assert version.texts.count() == 1


def test_clause_keeps_the_identity_its_label_had_before(secretary, version, text):
    later = make_version(version.framework, "0.3")
    new = add_clause_text(actor=secretary, version=later, label="1.1", level="requirement")
    assert new.clause == text.clause


def test_parent_of_another_version_is_refused(desk, version, text):
    other = make_version(version.framework, "0.3")
    answer = desk.post(at("clausetext_add"), {"version": other.pk, "label": "1", "level": "part", "parent": text.pk})
    assert "parent" in answer.context["adminform"].form.errors


@pytest.mark.parametrize(("words", "found"), [("1.1", ["1.1"]), ("register", ["1.1"]), ("registro", ["1.1"]), ("mercurio", ["2.1.1"])])
def test_search_finds_labels_and_words_of_every_language(desk, version, text, words, found):
    make_clause(version, "2.1.1", title_es="Azogue", text_pt="mercurio")
    rows = desk.get(at("clausetext_changelist", q=words)).context["cl"].result_list
    assert [row.label for row in rows] == found


def test_list_is_filtered_by_the_state_of_a_language(desk, secretary, version, text):
    mark_languages(make_clause(version, "2", text_en="Another."))
    review_language(actor=secretary, version=version, language="en", labels=["1.1"])
    rows = desk.get(at("clausetext_changelist", language_state="en-reviewed")).context["cl"].result_list
    assert [row.label for row in rows] == ["1.1"]


def test_chosen_clauses_are_marked_as_reviewed(desk, version, text):
    mark_languages(make_clause(version, "2", title_es=""))
    data = {"action": "review_es", "_selected_action": list(version.texts.values_list("pk", flat=True))}
    desk.post(at("clausetext_changelist"), data)
    reviewed = version.texts.filter(languages__language="es", languages__state="reviewed")
    assert [row.label for row in reviewed] == ["1.1"]


def test_reviewing_in_a_frozen_version_is_refused_in_words(desk, text):
    freeze_version(version=text.version, actor=None)
    answer = desk.post(at("clausetext_changelist"), {"action": "review_es", "_selected_action": [text.pk]}, follow=True)
    assert "is frozen" in " ".join(str(message) for message in answer.context["messages"])
