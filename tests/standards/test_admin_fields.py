"""Small parts of the admin: fields with several values, the check-list's addresses, the waiting document, three languages."""

import pytest
from django import forms
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from standards.admin.checklist import checks
from standards.admin.fields import LinesField, SeveralField, array_field
from standards.admin.importing import Waiting, find, keep, replace
from standards.forms import ImportForm
from standards.models import ClauseText, ProcessRules
from standards.states import ANNOUNCE_ROUND
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.secretariat import enter

PAGES = ["framework_changelist", "version_changelist", "clausetext_add", "consultation_add", "comment_changelist", "processrules_add"]
WAITING = Waiting("marco.md", b"# 1. Uno", "es", "0.1")


def test_lines_are_cleaned_and_empty_ones_left_out():
    assert LinesField(required=False).clean("uno\r\n\r\n  dos\u202e  tres \n") == ["uno", "dos tres"]


def test_lines_are_shown_one_below_the_other():
    assert LinesField().prepare_value(["uno", "dos"]) == "uno\ndos"


def test_line_that_is_too_long_is_refused():
    with pytest.raises(forms.ValidationError, match="300"):
        LinesField().clean("a" * 301)


def test_lines_have_changed_only_when_words_have():
    field = LinesField(required=False)
    assert not field.has_changed(["uno"], "uno\n")
    assert not field.has_changed(None, "")
    assert field.has_changed(["uno"], "uno\ndos")


def test_boxes_have_changed_only_when_the_choice_has():
    field = SeveralField([("a", "A"), ("b", "B")])
    assert not field.has_changed(["b", "a"], ["a", "b"])
    assert field.has_changed([], ["a"])


@pytest.mark.parametrize(
    ("model", "column", "kind"),
    [(ClauseText, "applies_to", SeveralField), (ClauseText, "sources", LinesField), (ProcessRules, "required_languages", SeveralField)],
)
def test_column_with_several_values_gets_boxes_or_lines(model, column, kind):
    assert isinstance(array_field(model._meta.get_field(column)), kind)


@pytest.mark.parametrize("number", ["0", "1.2.3", "0.2a", "1.", "1234.1"])
def test_import_refuses_a_number_that_is_none(number):
    form = ImportForm({"language": "es", "number": number}, {"document": SimpleUploadedFile("a.md", b"x")})
    assert "number" in form.errors


def test_every_check_leads_to_a_page_of_the_admin(client, secretary, db):
    consultation = make_round(make_version(make_framework(public=False), public=False), state="planned")
    enter(client, secretary)
    found = [client.get(check.url).status_code for check in checks(consultation)]
    assert found == [200] * len(ANNOUNCE_ROUND.guards)


def test_checks_tell_everything_that_is_missing(db):
    version = make_version(make_framework(public=False))
    make_clause(version, "1.1")
    found = {str(check.title): check.missing for check in checks(make_round(version, state="planned"))}
    with override("en"):
        assert sum(bool(missing) for missing in found.values()) >= 4


def test_document_waits_for_its_sender_only(secretary, officer):
    framework, other = make_framework(), make_framework("agua")
    token = keep(WAITING, secretary, framework)
    assert find(token, secretary, framework) == WAITING
    assert find(token, officer, framework) is None
    assert find(token, secretary, other) is None


def test_what_became_of_a_document_is_written_by_its_sender_only(secretary, officer):
    framework = make_framework()
    token = keep(WAITING, secretary, framework)
    replace(token, officer, framework, Waiting("x", b"", "es", "9.9"))
    assert find(token, secretary, framework) == WAITING


def test_document_that_was_forgotten_is_gone(secretary):
    framework = make_framework()
    token = keep(WAITING, secretary, framework)
    cache.clear()
    assert find(token, secretary, framework) is None


def test_two_documents_wait_side_by_side(secretary):
    framework = make_framework()
    first = keep(WAITING, secretary, framework)
    second = keep(Waiting("otro.md", b"2", "es", "0.2"), secretary, framework)
    assert [find(token, secretary, framework).name for token in (first, second)] == ["marco.md", "otro.md"]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_pages_are_there_in_every_language(client, secretary, language):
    enter(client, secretary)
    with override(language):
        pages = [reverse(f"admin:standards_{name}") for name in PAGES]
    answers = [client.get(page) for page in pages]
    assert [(answer.status_code, f'lang="{language}"' in answer.content.decode()) for answer in answers] == [(200, True)] * len(PAGES)


def test_unknown_thing_is_not_found(client, secretary):
    enter(client, secretary)
    with override("en"):
        pages = [reverse(f"admin:standards_{name}", args=[999]) for name in ("framework_import_document", "version_review", "comment_hide")]
    assert [client.get(page).status_code for page in pages] == [404] * 3
