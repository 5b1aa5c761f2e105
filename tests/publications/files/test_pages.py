"""The pages about files: what is shown before a download, forms that lose nothing, the limit told early."""

import pytest
from django.test import Client
from django.urls import reverse

from publications.models import File, Record
from publications.views import files as views
from publications.views.file_rows import files_of
from tests.factories.files import PLAIN, make_file, make_picture, upload
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat

ONCE = "7b6ad2c8-0d4f-4c7e-8f3a-0f6a4d8a2b11"


@pytest.fixture
def rosa(client, miner):
    client.force_login(miner.user)
    return client


@pytest.fixture
def send(rosa, record):
    """Send the form of a new file."""

    def post(data=PLAIN, name="hoja.txt", **fields):
        return rosa.post(url("publications:file_add", record.code), {"once": ONCE, "upload": upload(data, name), **fields})

    return post


@pytest.fixture
def rows(rf):
    """The files as a reader's page shows them."""

    def read(record, user):
        request = rf.get("/")
        request.user = user
        return files_of(request, record)

    return read


def test_a_file_is_added(send, record):
    response = send(description="Informe completo", language="es")
    assert (response.status_code, response["Location"]) == (303, url("publications:file_list", record.code))
    assert File.objects.get().description == "Informe completo"


def test_a_form_sent_twice_adds_one_file(send):
    send()
    assert send().status_code == 303
    assert File.objects.count() == 1


def test_what_was_written_beside_a_refused_file_is_still_there(send):
    response = send(b"MZ\x90\0" + b"\0" * 90, description="Informe completo")
    assert response.status_code == 409
    assert "Informe completo" in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_a_form_without_a_file_says_so(rosa, record):
    response = rosa.post(url("publications:file_add", record.code), {"once": ONCE})
    assert response.status_code == 422


def test_a_name_that_lied_is_told_to_who_sent_it(send, rosa, record):
    send(make_picture(), "informe.pdf")
    assert "informe.png" in text_of(rosa.get(url("publications:file_list", record.code)))


@pytest.mark.parametrize(("language", "words"), [("es", "el límite es 10,0"), ("en", "the limit is 10.0"), ("pt-br", "o limite é 10,0")])
def test_a_body_over_the_limit_is_refused_before_it_is_read(rosa, record, settings, language, words):
    settings.LIBRARY_FILE_LIMIT = 10 << 20
    path = url("publications:file_add", record.code, language=language)
    response = rosa.post(path, data=b"", content_type="multipart/form-data; boundary=x", headers={"Content-Length": str(2_000_000_000)})
    assert response.status_code == 413
    assert words in text_of(response)
    assert not File.objects.exists()


def test_a_stranger_s_heavy_body_is_sent_to_log_in(client, record):
    path = url("publications:file_add", record.code)
    response = client.post(path, data=b"", content_type="text/plain", headers={"Content-Length": "2000000000"})
    assert response.status_code == 302


def test_a_form_from_another_site_is_refused(record, miner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(miner.user)
    response = client.post(url("publications:file_add", record.code), {"once": ONCE, "upload": upload(PLAIN)})
    assert response.status_code == 403
    assert not File.objects.exists()


def test_the_form_tells_limit_and_kinds(rosa, record):
    page = text_of(rosa.get(url("publications:file_add", record.code)))
    assert "200,0" in page
    assert "EPUB" in page


def test_too_many_files_in_an_hour_are_refused_with_the_form_still_filled(send, monkeypatch):
    monkeypatch.setattr(views, "FILES_AN_HOUR", 0)
    send()
    response = send(b"Otra.\n", description="Anexo")
    assert response.status_code == 429
    assert "Anexo" in response.content.decode()


def test_a_new_version_comes_with_the_words_of_the_former(rosa, record):
    file = make_file(record, description="Informe")
    path = url("publications:file_replace", record.code, file.number)
    assert 'value="Informe"' in rosa.get(path).content.decode()
    rosa.post(path, {"once": ONCE, "upload": upload(b"Dos.\n"), "description": "Informe"})
    assert File.objects.newest().get().version == 2


def test_a_new_version_of_a_replaced_file_is_refused_with_words(rosa, record):
    file = make_file(record)
    make_file(record, b"Dos.\n", replaces=file)
    response = rosa.post(url("publications:file_replace", record.code, 1), {"once": ONCE, "upload": upload(b"Tres.\n")})
    assert response.status_code == 409


def test_a_file_is_described(rosa, record):
    make_file(record)
    path = url("publications:file_describe", record.code, 1)
    assert rosa.get(path).status_code == 200
    rosa.post(path, {"description": "Anexo 2", "language": "qu", "position": "7"})
    assert File.objects.values_list("description", "language", "position").get() == ("Anexo 2", "qu", 7)


def test_a_file_in_hand_is_removed_without_a_reason(rosa, record):
    make_file(record)
    path = url("publications:file_remove", record.code, 1)
    assert rosa.get(path).status_code == 200
    assert rosa.post(path, {"reason": ""}).status_code == 303
    assert not File.objects.exists()


def test_a_file_that_is_out_is_removed_with_a_reason_that_its_address_tells(client, editor):
    record = make_record()
    make_file(record)
    client.force_login(editor)
    path = url("publications:file_remove", record.code, 1)
    assert client.post(path, {"reason": ""}).status_code == 422
    client.post(path, {"reason": "Tenía nombres."})
    assert "Tenía nombres." in text_of(client.get(url("publications:file_download", record.code, 1)))
    assert "Tenía nombres." in text_of(client.get(url("publications:file_list", record.code)))


def test_an_editor_has_a_file_read_again(client, editor):
    file = make_file(make_record(), text_state="failed", problem="broken")
    client.force_login(editor)
    listed = client.get(url("publications:file_list", file.record.code)).content.decode()
    again = url("publications:file_read", file.record.code, 1)
    assert again in listed
    assert client.post(again).status_code == 303
    file.refresh_from_db()
    assert file.problem == ""


def test_a_file_that_was_read_is_not_read_again(client, editor):
    file = make_file(make_record())
    client.force_login(editor)
    client.post(url("publications:file_read", file.record.code, 1))
    file.refresh_from_db()
    assert file.text_state == "done"


def test_the_list_renews_itself_only_while_something_is_read(rosa, record):
    file = make_file(record, text_state="working", pages=40, pages_done=12)
    path = url("publications:file_list", record.code)
    page = rosa.get(path).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<progress max="40" value="12">' in page
    File.objects.filter(pk=file.pk).update(text_state="done")
    part = rosa.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert "<html" not in part


def test_an_empty_list_says_so(rosa, record):
    assert "hx-get" not in rosa.get(url("publications:file_list", record.code)).content.decode()


def test_size_type_and_pages_are_told_before_a_download(rows, readers):
    record = make_record()
    make_file(record, b"x" * 2048, description="Informe")
    row = rows(record, readers["anonymous"])["rows"][0]
    assert (row.kind, row.size, row.pages, row.language) == ("TXT", 2048, 3, "Español")
    assert row.light["size"] == 13
    assert row.thumbnail["width"] == 40


def test_earlier_versions_stand_under_the_latest(rows, readers):
    record = make_record()
    first = make_file(record)
    second = make_file(record, b"2", replaces=first, version=2)
    make_file(record, b"3", replaces=second, version=3)
    found = rows(record, readers["anonymous"])["rows"]
    assert [row.version for row in found] == [3]
    assert [one["version"] for one in found[0].earlier] == [2, 1]


@pytest.mark.parametrize("fields", [{"licence": "unknown"}, {"access": "request"}, {"state": "embargoed"}, {"state": "withdrawn"}], ids=str)
def test_a_reader_is_told_why_files_are_closed(rows, readers, fields):
    record = make_record(**fields)
    make_file(record)
    found = rows(record, readers["member"])
    assert found["closed"]
    assert found["rows"][0].url == ""
    assert not found["rows"][0].thumbnail


def test_what_only_keepers_need_is_told_to_them_alone(rows, readers):
    record = make_record()
    make_file(record, flags=["scripts"], problem="cut", text_state="waiting")
    reader, keeper = (rows(record, readers[name])["rows"][0] for name in ("anonymous", "editor"))
    assert (reader.warnings, reader.problem, reader.reading, reader.acts) == ([], "", {}, [])
    assert keeper.warnings
    assert keeper.problem
    assert keeper.reading
    assert len(keeper.acts) == 3


def test_a_file_that_waits_for_the_scanner_says_so_to_its_keepers(rows, readers):
    record = make_record()
    make_file(record, scan_state="waiting", text_state="waiting")
    row = rows(record, readers["editor"])["rows"][0]
    assert (len(row.warnings), row.url, row.reading) == (1, "", {})


def test_the_files_of_a_record_cost_the_same_however_many(rows, readers):
    record = make_record()
    make_file(record)

    def grow():
        for number in range(3):
            make_file(record, str(number).encode())

    flat(lambda: rows(Record.objects.get(pk=record.pk), readers["member"]), grow, ceiling=6)


def test_a_record_without_files_shows_none(rows, readers):
    found = rows(make_record(), readers["anonymous"])
    assert (found["rows"], found["closed"], found["add_url"], found["list_url"]) == ([], "", "", "")


def test_a_file_of_somebody_else_is_not_found(client, neighbour, record):
    make_file(record)
    client.force_login(neighbour.user)
    assert client.get(url("publications:file_describe", record.code, 1)).status_code == 404
    assert client.get(url("publications:file_list", record.code)).status_code == 404


def test_addresses_of_files_are_in_the_reader_s_language():
    assert "/archivos/" in url("publications:file_list", "RED-00001")
    assert "/files/" in url("publications:file_list", "RED-00001", language="en")
    assert "/arquivos/" in url("publications:file_list", "RED-00001", language="pt-br")
    assert reverse("publications:library")
