"""Frameworks, versions and rules in the admin."""

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions.frameworks import begin_version, edit_framework, follow_rules
from standards.actions.texts import freeze_version, mark_languages
from standards.models import Framework, ProcessRules, Version
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.secretariat import at, enter, errors, filled


@pytest.fixture
def framework(db):
    return make_framework()


@pytest.fixture
def desk(client, secretary):
    return enter(client, secretary)


def test_new_framework_stands_at_its_terms_of_reference(desk, secretary):
    rules = ProcessRules.objects.create(required_languages=["es"])
    words = {"slug": "agua", "code": "AGUA", "title_es": "Marco  del\u202e agua", "authentic_language": "es", "rules": rules.pk}
    desk.post(at("framework_add"), {**words, "stage": "adopted"})
    made = Framework.objects.get(slug="agua")
    assert (made.stage, made.title_es, made.public) == ("terms_of_reference", "Marco del agua", False)
    assert AuditEntry.objects.get(verb="standards.framework_begun").actor == secretary


def test_editing_writes_the_words_and_never_the_stage(desk, framework):
    address = at("framework_change", framework.pk)
    desk.post(address, filled(desk.get(address), summary_pt="Um resumo.", stage="adopted", rules=9999))
    framework.refresh_from_db()
    assert (framework.summary_pt, framework.stage) == ("Um resumo.", "terms_of_reference")


def test_framework_with_an_open_round_stays_public(desk, framework):
    make_round(make_version(framework))
    address = at("framework_change", framework.pk)
    data = filled(desk.get(address))
    data.pop("public")
    answer = desk.post(address, data)
    assert "stays public" in errors(answer)
    assert Framework.objects.get().public


def test_stage_is_no_field_that_is_edited(secretary, framework):
    with pytest.raises(ValueError, match="stage"):
        edit_framework(actor=secretary, framework=framework, stage="adopted")


def test_rules_are_followed_by_an_edition_and_never_changed(desk, framework):
    address = at("processrules_change", framework.rules_id)
    desk.post(address, filled(desk.get(address), first_round_days=90, required_languages=["es", "pt"]))
    old, new = ProcessRules.objects.order_by("pk")
    framework.refresh_from_db()
    assert (old.edition, old.first_round_days, new.edition, new.first_round_days) == (1, 60, 2, 90)
    assert (framework.rules, new.required_languages) == (new, ["es", "pt"])
    assert AuditEntry.objects.get(verb="standards.rules_followed").data["changed"] == ["first_round_days", "required_languages"]


def test_edition_that_was_followed_is_only_read(desk, secretary, framework):
    old = framework.rules
    follow_rules(actor=secretary, rules=old, small_cell=7)
    assert desk.get(at("processrules_change", old.pk)).context["adminform"].form.fields == {}
    with pytest.raises(StaleState):
        follow_rules(actor=secretary, rules=old, small_cell=8)


def test_first_edition_is_written(desk):
    start = desk.get(at("processrules_add"))
    desk.post(at("processrules_add"), filled(start, required_languages=["es"]))
    rules = ProcessRules.objects.get()
    assert (rules.edition, rules.required_languages, rules.time_zone) == (1, ["es"], "America/Tijuana")


def test_version_is_begun_and_edited(desk, framework):
    desk.post(at("version_add"), {"framework": framework.pk, "number": "0.3", "kind": "working"})
    version = Version.objects.get(number="0.3")
    address = at("version_change", version.pk)
    desk.post(address, filled(desk.get(address), kind="consultation", public="on"))
    version.refresh_from_db()
    assert (version.kind, version.public, version.frozen) == ("consultation", True, False)


def test_previous_version_is_of_the_same_framework(secretary, framework):
    stranger = make_version(make_framework("agua"))
    with pytest.raises(DomainError):
        begin_version(actor=secretary, framework=framework, number="0.9", previous=stranger)


def test_frozen_version_keeps_everything_but_its_publicity(desk, framework):
    version = make_version(framework, public=False)
    make_clause(version, "1", text_es="Debe.")
    freeze_version(version=version, actor=None)
    address = at("version_change", version.pk)
    page = desk.get(address)
    desk.post(address, {"public": "on", "number": "9.9"})
    version.refresh_from_db()
    assert set(page.context["adminform"].form.fields) == {"public"}
    assert version.sha256 in page.content.decode()
    assert (version.number, version.public) == ("0.2", True)


def test_page_of_a_version_tells_how_far_each_language_is(desk, framework):
    version = make_version(framework)
    mark_languages(make_clause(version, "1", text_es="Debe.", text_pt="Deve."))
    desk.post(at("version_review", version.pk), {"language": "pt"})
    html = desk.get(at("version_change", version.pk)).content.decode()
    assert "Português: 1 of 1 clauses have words, 1 reviewed, 0 stale" in html
    assert "English: 0 of 1 clauses have words, 0 reviewed, 0 stale" in html


def test_reviewing_a_frozen_version_is_refused_on_its_page(desk, framework):
    version = make_version(framework)
    make_clause(version, "1", text_es="Debe.")
    freeze_version(version=version, actor=None)
    answer = desk.post(at("version_review", version.pk), {"language": "es"})
    assert "is frozen" in answer.content.decode()


@pytest.mark.parametrize(
    ("button", "goal"),
    [
        ("version_clauses", "/clausetext/?version__id__exact="),
        ("version_import_document", "/import/?number=0.2"),
        ("version_add_clause", "/clausetext/add/?version="),
        ("version_plan", "/consultation/add/?version="),
    ],
)
def test_buttons_of_a_version_lead_on(desk, framework, button, goal):
    answer = desk.get(at(button, make_version(framework).pk))
    assert answer.status_code == 303
    assert goal in answer["Location"]


def test_buttons_of_a_framework_lead_to_its_versions_and_clauses(desk, framework):
    empty = desk.get(at("framework_clauses", framework.pk))["Location"]
    version = make_version(framework)
    assert empty == at("version_changelist")
    assert desk.get(at("framework_clauses", framework.pk))["Location"].endswith(f"?version__id__exact={version.pk}")
    assert desk.get(at("framework_versions", framework.pk))["Location"].endswith(f"?framework__id__exact={framework.pk}")
