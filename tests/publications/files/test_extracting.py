"""Words, pages and first pictures out of files of every kind, and of those that nobody should read."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publications.readers import documents, extracting, pdf, pictures, work
from publications.readers.apart import HEAVY, read_apart
from publications.readers.archives import Archive, Unreadable
from tests.factories.files import (
    WORDS,
    make_docx,
    make_encrypted_pdf,
    make_epub,
    make_html,
    make_huge_png,
    make_odf,
    make_pdf,
    make_picture,
    make_pptx,
    make_zip,
    one_of_each,
)

READ = ("pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub", "html", "txt")


def size_of(path):
    with Image.open(path) as picture:
        return picture.size


@pytest.fixture
def take(tmp_path):
    """Take out of bytes what is in them: what is known, and the words."""

    def run(code, data, say=lambda done, total: None):
        source = tmp_path / "source"
        source.write_bytes(data)
        known = extracting.take_out(code, str(source), tmp_path, say)
        return known, (tmp_path / "text").read_text() if (tmp_path / "text").exists() else ""

    return run


@pytest.mark.parametrize("code", READ)
def test_words_are_taken_out_of_every_kind(take, code):
    assert WORDS in take(code, one_of_each()[code])[1]


def test_pages_of_a_pdf_are_read_in_their_order(take):
    known, words = take("pdf", make_pdf("Uno", "Dos", "Tres"))
    assert (known["pages"], words.split()) == (3, ["Uno", "Dos", "Tres"])


def test_two_thousand_pages_are_read_with_word_of_how_far(take):
    said = []
    known, words = take("pdf", make_pdf(*(f"Pagina {number}" for number in range(2000))), lambda *pages: said.append(pages))
    assert known["pages"] == 2000
    assert "Pagina 1999" in words
    assert said[1] == (25, 2000)
    assert said[-1] == (2000, 2000)


def test_a_pdf_beyond_all_measure_is_read_from_its_beginning(take, monkeypatch):
    monkeypatch.setattr(pdf, "PAGES", 2)
    known, words = take("pdf", make_pdf("Uno", "Dos", "Tres"))
    assert (known["problem"], known["kept"]) == ("cut", True)
    assert "Tres" not in words


def test_a_long_text_is_cut_and_says_so(take, monkeypatch):
    monkeypatch.setattr(extracting, "SIGNS", 10)
    assert take("txt", b"a" * 30) == ({"problem": "cut", "kept": True}, "a" * 10)


def test_reading_stops_when_there_are_words_enough(take, monkeypatch):
    monkeypatch.setattr(pdf, "SIGNS", 2)
    assert "Dos" not in take("pdf", make_pdf("Uno", "Dos"))[1]


def test_a_pdf_with_a_password_says_so(take):
    with pytest.raises(Unreadable, match="encrypted"):
        take("pdf", make_encrypted_pdf())


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", make_pdf()[:60], b"%PDF-1.7\n" + b"\xff" * 500])
def test_a_broken_pdf_says_so(take, data):
    with pytest.raises(Unreadable, match="broken"):
        take("pdf", data)


def test_a_pdf_with_scripts_is_flagged(take):
    known, words = take("pdf", make_pdf(extra=b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", catalog=b"/OpenAction 6 0 R"))
    assert (known["flags"], words) == (["scripts"], WORDS)


def test_a_pdf_with_another_file_inside_is_flagged(take):
    known, _words = take("pdf", make_pdf(catalog=b"/Names << /EmbeddedFiles << /Names [] >> >>"))
    assert known["flags"] == ["attachments"]


def test_the_first_page_is_painted_small(take, tmp_path):
    known, _words = take("pdf", make_pdf())
    assert (known["width"], known["height"]) == (149, 210)
    assert (tmp_path / "thumbnail").stat().st_size <= pictures.THUMBNAIL_BYTES


def test_a_page_of_a_kilometre_is_painted_no_larger(take):
    known, _words = take("pdf", make_pdf().replace(b"[0 0 595 842]", b"[0 0 9e6 9e6]"))
    assert known.get("width", 0) <= 160


def test_a_page_that_is_damaged_says_nothing(take):
    assert take("pdf", make_pdf("Uno", "Dos").replace(b"(Uno) Tj", b"(Uno \xff\xff"))[1].count("Dos") == 1


def test_slides_are_read_in_the_order_of_their_numbers(take):
    known, words = take("pptx", make_pptx(*(f"Lamina {number}" for number in range(1, 12))))
    assert known["pages"] == 11
    assert words.index("Lamina 2") < words.index("Lamina 10")


def test_chapters_are_read_in_the_order_of_the_book(take):
    assert take("epub", make_epub("Primero", "Segundo", "Tercero"))[1].split() == ["Primero", "Segundo", "Tercero"]


def test_a_document_with_another_inside_is_flagged(take):
    assert take("docx", make_docx(more={"word/embeddings/x.xlsx": "x"}))[0]["flags"] == ["attachments"]


def test_pages_that_word_counted_are_told(take):
    counted = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    app = f'<Properties xmlns="{counted}"><Pages>12</Pages></Properties>'
    assert take("docx", make_docx(more={"docProps/app.xml": app}))[0]["pages"] == 12


def test_pages_of_open_documents_are_told(take):
    assert take("odt", make_odf("odt"))[0]["pages"] == 3
    assert take("odp", make_odf("odp"))[0]["pages"] == 1


def test_a_strict_document_is_read_as_well(take):
    strict = make_zip(
        {
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
            "<w:p><w:r><w:t>Estricto</w:t></w:r></w:p></w:document>"
        }
    )
    assert take("docx", strict)[1] == "Estricto"


def test_runs_of_a_paragraph_are_one_line(take):
    inside = "Uno</w:t></w:r><w:r><w:tab/><w:t>y dos"
    assert take("docx", make_docx(inside))[1] == "Uno y dos"


def test_spans_and_notes_of_open_documents_are_read(take):
    inside = "Uno<text:s/>y <text:span>dos</text:span><text:note><text:p>Nota</text:p></text:note> fin"
    assert take("odt", make_odf("odt", inside))[1].splitlines() == ["Uno y dos fin", "Nota"]


def test_entities_are_refused(take):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(Unreadable, match="bomb"):
        take("docx", make_zip({"word/document.xml": bomb}))


@pytest.mark.parametrize("code", ["docx", "odt", "xlsx", "epub"])
def test_a_document_without_its_heart_is_broken(take, code):
    with pytest.raises(Unreadable, match="broken"):
        take(code, make_zip({"a.txt": "x"}))


def test_a_document_of_bad_xml_is_broken(take):
    with pytest.raises(Unreadable, match="broken"):
        take("docx", make_zip({"word/document.xml": "<w:p>"}))


def test_a_zip_bomb_is_not_unpacked(take):
    with pytest.raises(Unreadable, match="bomb"):
        take("docx", make_zip({"word/document.xml": b"\0" * 60_000_000}))


def test_a_member_that_lies_about_its_size_stops_at_the_limit():
    archive = Archive(io.BytesIO(make_zip({"a": b"x" * 100})))
    with pytest.raises(Unreadable, match="bomb"):
        archive.read("a", limit=10)


def test_members_that_overlap_are_refused():
    data = bytearray(make_zip({"a": b"x" * 100, "b": b"y" * 100}))
    place = data.rindex(b"PK\x01\x02") + 42
    data[place : place + 4] = b"\0\0\0\0"
    with pytest.raises(Unreadable, match="broken"):
        Archive(io.BytesIO(bytes(data)))


def test_too_many_members_are_refused():
    with pytest.raises(Unreadable, match="bomb"):
        Archive(io.BytesIO(make_zip({str(number): "" for number in range(4)})), members=3)


def test_a_link_in_an_archive_is_a_trap():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("datos")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert Archive(buffer).escapes()


def test_an_archive_with_a_password_says_so():
    data = make_zip({"a": b"x"})
    place = data.index(b"PK\x01\x02") + 8
    locked = data[:place] + b"\x01" + data[place + 1 :]
    with pytest.raises(Unreadable, match="encrypted"):
        Archive(io.BytesIO(locked))


def test_html_is_read_as_a_browser_shows_it(take):
    page = make_html("<h1>Oro</h1><!-- no --><p>a <b>b<i>c</i></b> d</p><p>e</p>")
    assert take("html", page)[1].splitlines() == ["Oro", "a bc d", "e"]


@pytest.mark.parametrize("data", [b"", b"<!-- -->", b"<?xml version='1.0' encoding='x'?>"])
def test_a_page_without_words_is_no_fault(data):
    assert documents.words_of_html(data) == ""


@pytest.mark.parametrize("data", ["Año".encode(), "Año".encode("cp1252"), "Año".encode("utf-16"), b"\xef\xbb\xbf" + "Año".encode()])
def test_text_is_read_in_the_alphabets_of_our_countries(data):
    assert documents.decoded(data) == "Año"


def test_a_picture_in_a_document_becomes_its_thumbnail(take):
    known, _words = take("docx", make_docx(more={"docProps/thumbnail.jpeg": make_picture("jpg")}))
    assert (known["width"], known["height"]) == (40, 30)


def test_a_damaged_thumbnail_is_no_harm(take):
    assert "width" not in take("docx", make_docx(more={"docProps/thumbnail.jpeg": b"x"}))[0]


def test_a_heavy_picture_gets_a_light_copy(take, tmp_path):
    noise = Image.effect_noise((1500, 1200), 90)
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    take("png", buffer.getvalue())
    assert (tmp_path / "light").stat().st_size <= pictures.LIGHT_BYTES
    assert (tmp_path / "thumbnail").stat().st_size <= pictures.THUMBNAIL_BYTES


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_picture_of_too_many_pixels_is_not_decoded(take, side):
    with pytest.raises(Unreadable, match="bomb"):
        take("png", make_huge_png(side))


@pytest.mark.parametrize("code", ["png", "jpg", "webp"])
def test_a_picture_loses_what_the_camera_wrote(tmp_path, code):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "zqcamera", 6
    (tmp_path / "source").write_bytes(make_picture(code, exif=exif) + b"zqbehind")
    pictures.encode_anew(tmp_path / "source", tmp_path / "bare", code)
    bare = (tmp_path / "bare").read_bytes()
    assert b"zq" not in bare
    assert size_of(tmp_path / "bare") == (30, 40)


@pytest.mark.parametrize(("mode", "code"), [("P", "png"), ("CMYK", "jpg"), ("L", "jpg"), ("RGBA", "webp"), ("LA", "png")])
def test_pictures_of_every_mode_are_encoded_anew(tmp_path, mode, code):
    Image.new(mode, (9, 9)).save(tmp_path / "source", {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[code])
    pictures.encode_anew(tmp_path / "source", tmp_path / "bare", code)
    assert size_of(tmp_path / "bare") == (9, 9)


def test_the_process_of_its_own_writes_what_it_found(tmp_path):
    (tmp_path / "source").write_bytes(make_pdf("Uno", "Dos"))
    said = []
    found = read_apart("read", "pdf", str(tmp_path / "source"), str(tmp_path), tell=lambda *pages: said.append(pages))
    assert found["pages"] == 2
    assert said[-1] == (2, 2)


def test_the_process_of_its_own_holds_none_of_our_secrets(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/usr/bin/env")
    monkeypatch.setenv("SECRET_KEY", "zqsecret")
    from publications.readers import apart

    assert "zqsecret" not in str(apart._environment())


def test_a_process_that_takes_too_long_is_stopped(tmp_path):
    (tmp_path / "source").write_bytes(make_pdf())
    with pytest.raises(Unreadable, match="too-slow"):
        read_apart("read", "pdf", str(tmp_path / "source"), str(tmp_path), patience=0)


def test_a_process_that_dies_has_met_a_broken_file(tmp_path):
    with pytest.raises(Unreadable, match="broken"):
        read_apart("read", "pdf", str(tmp_path / "none"), str(tmp_path / "nowhere"))


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_a_process_short_of_memory_says_so(tmp_path, monkeypatch, error):
    def greedy(*_):
        raise error

    monkeypatch.setattr(work, "_do", greedy)
    assert work.main("read", "pdf", "x", str(tmp_path)) == HEAVY


def test_the_process_says_what_is_wrong_with_a_file(tmp_path):
    (tmp_path / "source").write_bytes(b"x")
    assert work.main("read", "pdf", str(tmp_path / "source"), str(tmp_path)) == 0
    assert (tmp_path / "result.json").read_text() == '{"problem": "broken"}'


def test_the_process_encodes_pictures(tmp_path):
    (tmp_path / "source").write_bytes(make_picture())
    assert work.main("picture", "png", str(tmp_path / "source"), str(tmp_path)) == 0
    assert (tmp_path / "picture").exists()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["docx", "odt", "epub", "html", "txt", "pdf", "png"]))
def test_no_bytes_break_the_reader(tmp_path_factory, data, code):
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "source").write_bytes(data)
    with suppress(Unreadable):
        extracting.take_out(code, str(folder / "source"), folder, lambda done, total: None)
    assert not (folder / "thumbnail").exists()
