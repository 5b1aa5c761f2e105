"""The edition for memory sticks: what is in it, for whom, and that it opens from a folder."""

import io
import re
import zipfile
from html import unescape
from posixpath import dirname, join, normpath

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from publications.enums import Access, Licence, RecordState
from publications.exports import shelf as editions
from publications.exports import usb
from publications.exports.stored import name_of
from publications.models import File, Practice
from publications.tasks import build_edition
from tests.factories.publications import make_author, make_collection, make_identifier, make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat

SHA = "ab" * 32


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store of files in memory, and a data folder of our own."""
    settings.STORAGES = {**settings.STORAGES, "library": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.DATA_DIR = tmp_path
    return storages["library"]


@pytest.fixture
def record(db):
    return make_record(
        "Oro sin mercurio", title_en="Gold without mercury", abstract_es="Ver [aquí](https://example.org/x).\n\n- uno\n- dos"
    )


def add_file(store, record, data=b"%PDF-", *, sha256=SHA, light=b"", **fields):
    store.save(name_of(sha256), ContentFile(data))
    given = {"name": "Hoja número 1.pdf", "media_type": "application/pdf", "size": len(data), "sha256": sha256} | fields
    if light:
        given |= {"light_name": store.save("li/light", ContentFile(light)), "light_type": "text/plain", "light_size": len(light)}
    return File.objects.create(record=record, number=record.files.count() + 1, **given)


def built(collection):
    with zipfile.ZipFile(editions.build(collection)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def page(files, name):
    return unescape(files[name].decode())


def test_it_has_contents_and_a_page_a_record_in_three_languages(record):
    files = built(make_collection("una", record))
    wanted = {f"{language}/{name}.html" for language in ("es", "en", "pt-br") for name in ("index", record.code)}
    assert wanted | {"index.html", "style.css", "README.txt"} == set(files)


def test_every_link_leads_to_a_file_of_the_archive(store, record):
    add_file(store, record)
    make_identifier(record)
    files = built(make_collection("una", record, introduction_es="Ver [esto](https://example.org)."))
    for name in (name for name in files if name.endswith(".html")):
        for link in re.findall(r'(?:href|src)="([^"]*)"', files[name].decode()):
            assert normpath(join(dirname(name), link)) in files


def test_it_needs_no_network_and_no_script(record):
    make_identifier(record)
    html = b"".join(data for name, data in built(make_collection("una", record)).items() if name.endswith(".html"))
    assert b"<script" not in html
    assert not re.search(rb'(?:href|src)="(?:https?:)?//', html)
    assert b"https://doi.org/10.1787/9789264252479-en" in html, "it can still be read and copied"


def test_words_are_in_the_language_of_the_page(record):
    files = built(make_collection("una", record))
    assert "Gold without mercury" in page(files, f"en/{record.code}.html")
    assert '<span lang="es">Oro sin mercurio</span>' in page(files, f"pt-br/{record.code}.html")
    assert "<li>uno</li>" in page(files, f"es/{record.code}.html")


def test_notes_and_introduction_lead_through_it(record):
    files = built(make_collection("una", record, introduction_es="Por dónde empezar."))
    assert "Por dónde empezar." in page(files, "es/index.html")
    assert "Para empezar." in page(files, "es/index.html")


def test_a_page_says_how_to_cite_and_what_one_may(record):
    make_author(record)
    text = page(built(make_collection("una", record)), f"es/{record.code}.html")
    assert f"Rosa Quispe (2024). Oro sin mercurio. {record.code}." in text
    assert "CC BY 4.0" in text


def test_the_story_of_a_practice_is_in_it(db):
    record = make_record(kind="good-practice")
    Practice.objects.create(record=record, problem_es="Se perdía oro.", done_es="Se cambió la mesa.")
    assert "Se cambió la mesa." in page(built(make_collection("una", record)), f"es/{record.code}.html")


def test_files_come_whole_and_with_plain_names(store, record):
    add_file(store, record, b"%PDF-1.7 x")
    assert built(make_collection("una", record))[f"files/{record.code}/1-hoja-numero-1.pdf"] == b"%PDF-1.7 x"


def test_a_light_copy_goes_instead_of_the_file(store, record):
    add_file(store, record, b"x" * 1000, light=b"solo palabras")
    files = built(make_collection("una", record))
    assert files[f"files/{record.code}/1-hoja-numero-1.txt"] == b"solo palabras"
    assert "copia liviana" in page(files, f"es/{record.code}.html")


def test_a_name_without_letters_is_still_a_name(store, record):
    add_file(store, record, name="…")
    assert f"files/{record.code}/1-file" in built(make_collection("una", record))


@pytest.mark.parametrize(
    "fields",
    [
        {"licence": Licence.PERMITTED},
        {"licence": Licence.RESERVED},
        {"licence": Licence.UNKNOWN},
        {"access": Access.REQUEST},
        {"state": RecordState.EMBARGOED},
    ],
)
def test_what_may_not_be_passed_on_stays_at_home(db, store, fields):
    record = make_record(**fields)
    add_file(store, record)
    assert not [name for name in built(make_collection("una", record)) if name.startswith("files/")]


@pytest.mark.parametrize("scan", ["infected", "waiting"])
def test_what_is_not_clean_stays_at_home(store, record, scan):
    add_file(store, record, scan_state=scan)
    assert not [name for name in built(make_collection("una", record)) if name.startswith("files/")]


def test_a_heavy_file_without_light_copy_stays_at_home(store, record, monkeypatch):
    monkeypatch.setattr(usb, "HEAVY", 3)
    file = add_file(store, record)
    assert usb.carry(file, record.code) is None
    assert usb.outline(make_collection("una", record)).size < 20_000


def test_a_file_that_the_store_has_lost_does_not_stop_the_rest(store, record):
    add_file(store, record)
    store.delete(name_of(SHA))
    assert f"es/{record.code}.html" in built(make_collection("una", record))


def test_only_what_everybody_may_read_is_in_it(record, group):
    hidden = make_record("Solo miembros", access=Access.MEMBERS)
    collection = make_collection("una", hidden, record, group=group, open_to_all=False)
    assert usb.outline(collection).records == 1
    assert "Solo miembros" not in "".join(page(built(collection), f"{code}/index.html") for code in ("es", "en", "pt-br"))


def test_the_same_records_give_the_same_bytes(store, record, tmp_path):
    add_file(store, record)
    collection = make_collection("una", record)
    first, second = (usb.write(usb.gather(collection), tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert first == second


def test_every_member_carries_one_date(record):
    with zipfile.ZipFile(editions.build(make_collection("una", record))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_outline_tells_the_weight_of_what_goes(store, record):
    add_file(store, record, b"x" * 500_000, light=b"y" * 1000)
    add_file(store, record, b"z" * 200_000, sha256="cd" * 32)
    assert 201_000 <= usb.outline(make_collection("una", record)).size <= 230_000


def test_reading_it_asks_the_same_for_many(record):
    collection = make_collection("una", record)
    grow = lambda: [collection.items.create(record=make_record(f"{n}"), position=n) for n in range(3)]  # noqa: E731
    flat(lambda: usb.gather(collection), grow, ceiling=7)


def test_it_is_built_once_while_nothing_changes(record):
    collection = make_collection("una", record)
    first = editions.take(collection)
    stamp = first.stat().st_mtime_ns
    assert editions.take(collection) == first
    assert first.stat().st_mtime_ns == stamp


def test_a_change_asks_for_another_and_throws_the_old_one_away(store, record):
    collection = make_collection("una", record)
    old = editions.take(collection)
    add_file(store, record)
    assert editions.take(collection) != old
    assert not old.exists()


def test_one_builder_at_a_time(record):
    from django.core.cache import cache

    collection = make_collection("una", record)
    cache.add(f"edition:{collection.pk}:{editions.seal(collection)}", 1)
    assert editions.build(collection) is None


def test_a_large_one_is_built_by_a_worker(record, monkeypatch):
    monkeypatch.setattr(editions, "AT_ONCE", 1)
    collection = make_collection("una", record)
    assert editions.take(collection) == editions.kept(collection, editions.seal(collection)), "the worker runs at once in tests"


def test_while_a_worker_builds_the_page_says_so(client, record, monkeypatch):
    monkeypatch.setattr(editions, "AT_ONCE", 1)
    monkeypatch.setattr(editions, "wake", lambda *words: None)
    make_collection("una", record)
    response = client.get(url("publications:collection_usb", "una"))
    assert (response.status_code, response["Retry-After"]) == (202, "15")
    assert "La edición se está preparando" in text_of(response)


def test_a_collection_that_is_gone_wakes_nobody(db):
    build_edition(99)


def test_it_is_handed_out_as_a_file(client, record):
    make_collection("una", record)
    response = client.get(url("publications:collection_usb", "una"))
    assert response["Content-Disposition"] == 'attachment; filename="red-mpe-una.zip"'
    assert zipfile.ZipFile(io.BytesIO(b"".join(response))).testzip() is None


def test_nothing_public_is_no_edition(client, db):
    make_collection("una", make_record(access=Access.MEMBERS))
    assert client.get(url("publications:collection_usb", "una")).status_code == 404


def test_the_readme_speaks_three_languages(record):
    text = built(make_collection("una", record))["README.txt"].decode()
    for words in ("Hay que descomprimir", "Unpack everything", "É preciso descompactar"):
        assert words in text


def test_a_command_writes_the_whole_public_library(record, tmp_path, capsys):
    make_record("Solo miembros", access=Access.MEMBERS)
    call_command("usb_edition", tmp_path / "todo.zip")
    with zipfile.ZipFile(tmp_path / "todo.zip") as archive:
        assert "<h2>Hoja informativa</h2>" in archive.read("es/index.html").decode()
        assert len([name for name in archive.namelist() if name.startswith("es/RED-")]) == 1
    assert "1 records" in capsys.readouterr().out


def test_a_command_writes_one_collection(record, tmp_path):
    make_record("Otra")
    make_collection("una", record)
    call_command("usb_edition", tmp_path / "una.zip", collection="una")
    with zipfile.ZipFile(tmp_path / "una.zip") as archive:
        assert len([name for name in archive.namelist() if name.startswith("es/RED-")]) == 1


def test_a_command_refuses_a_collection_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="ninguna"):
        call_command("usb_edition", tmp_path / "x.zip", collection="ninguna")
