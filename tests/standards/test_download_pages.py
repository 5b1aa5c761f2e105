import pytest

from red_mpe.core.press import PressError
from standards.actions.texts import freeze_version
from standards.exports.store import size_kept
from standards.tasks import prepare_downloads
from tests.support.pages import text_of, url


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def page(language="es"):
    return url("standards:downloads", "marco", "0.2", language=language)


def file(format="md", language="es"):
    return url("standards:download", "marco", "0.2", language, format)


def test_page_lists_every_format_in_every_language(client, clause):
    assert client.get(page()).content.decode().count(" download>") == 13


def test_framework_leads_to_its_downloads(client, clause):
    assert page() in client.get(url("standards:framework_detail", "marco")).content.decode()


def test_file_is_kept_by_the_browser_under_a_safe_name(client, clause):
    answer = client.get(file())
    assert answer["Content-Disposition"] == 'attachment; filename="marco-0.2-es.md"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_file_is_not_sent_again_to_who_has_it(client, clause):
    mark = client.get(file())["ETag"]
    assert client.get(file(), headers={"if-none-match": mark}).status_code == 304


def test_changed_text_is_sent_again(client, clause):
    mark = client.get(file())["ETag"]
    type(clause).objects.update(text_es="Otra cosa.")
    assert client.get(file(), headers={"if-none-match": mark}).status_code == 200


@pytest.mark.parametrize("path", [("exe", "es"), ("md", "fr"), ("json", "es"), ("md", "all")])
def test_other_files_are_not_there(client, clause, path):
    assert client.get(file(*path)).status_code == 404


def test_draft_is_for_those_who_may_see_it(client, as_user, secretary, version, clause):
    type(version).objects.update(public=False)
    assert client.get(file()).status_code == 404
    assert as_user(secretary).get(file()).status_code == 200


def test_draft_is_told_apart_and_never_kept(client, version, clause, tmp_path):
    assert "no está congelado" in text_of(client.get(page()))
    client.get(file())
    assert list(tmp_path.rglob("*.md")) == []


def test_file_of_a_frozen_version_is_kept_and_its_size_told(client, version, clause):
    freeze_version(version=version, actor=None)
    client.get(file())
    assert size_kept(sha256=version.sha256, name="es.md") > 0
    assert "bytes" in text_of(client.get(page()))


def test_looking_at_the_page_has_the_files_made(client, version, clause):
    freeze_version(version=version, actor=None)
    client.get(page())
    assert size_kept(sha256=version.sha256, name="pt-br.pdf") > 0


def test_preparing_a_draft_or_nothing_does_nothing(version, clause, tmp_path):
    prepare_downloads(version.pk)
    prepare_downloads(0)
    assert list(tmp_path.rglob("*.pdf")) == []


def test_file_that_cannot_be_made_leads_back_with_words(client, clause, monkeypatch):
    def fail(*args, **kwargs):
        raise PressError

    monkeypatch.setattr("standards.views.downloads.write_version", fail)
    answer = client.get(file(), follow=True)
    assert "Los otros formatos tienen el mismo texto." in text_of(answer)


def test_making_files_is_counted(client, clause, monkeypatch):
    monkeypatch.setattr("standards.views.downloads.FILES_AN_HOUR", 1)
    client.get(file())
    assert client.get(file()).status_code == 429


def test_kit_needs_no_account(client, consultation):
    answer = client.get(url("standards:consultation_kit", "marco", 1, "pt-br"))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="marco-r1-kit-pt-br.pdf"'


@pytest.mark.parametrize(("state", "status"), [("planned", 404), ("announced", 200), ("open", 200), ("closed", 200)])
def test_kit_is_there_from_the_announcement_on(client, consultation, state, status):
    type(consultation).objects.update(state=state)
    assert client.get(url("standards:consultation_kit", "marco", 1, "es")).status_code == status


def test_kit_of_a_planned_round_is_nobodys(as_user, secretary, consultation):
    type(consultation).objects.update(state="planned")
    assert as_user(secretary).get(url("standards:consultation_kit", "marco", 1, "es")).status_code == 404


def test_kit_in_an_unknown_language_is_not_there(client, consultation):
    assert client.get(url("standards:consultation_kit", "marco", 1, "fr")).status_code == 404
