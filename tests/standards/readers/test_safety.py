import io
import struct
import zipfile

import pytest

from standards.readers import ReaderError, read_document, safety
from standards.readers.safety import Archive, parse_xml


def refused(data, name="a.docx"):
    with pytest.raises(ReaderError) as refusal:
        read_document(data, name)
    assert str(refusal.value) == refusal.value.message != ""
    return refusal.value.code


def archive(members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n ", "empty_file"),
        (b"%PDF-1.7 x", "pdf"),
        (b"{\\rtf1 x", "rtf"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><p>", "html"),
        (b"<html>", "html"),
        (safety.MEGABYTE * 26 * b"x", "file_too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument", "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 broken", "damaged_archive"),
        (b"GIF89a\x00\x00\x01", "not_a_document"),
        (b"\x00\xff\xfe\x00\x00\x00\x81", "not_a_document"),
    ],
)
def test_other_formats_are_refused_by_their_content(data, code):
    assert refused(data) == code


def test_open_document_is_refused_with_advice():
    assert refused(archive({"mimetype": "application/vnd.oasis.opendocument.text"})) == "open_document"


def test_archive_without_a_document_is_refused():
    assert refused(archive({"hola.txt": "x"})) == "other_archive"


def test_bomb_is_refused_by_its_ratio_before_unpacking():
    assert refused(archive({"word/document.xml": b" " * 5 * safety.MEGABYTE})) == "archive_bomb"


def test_bomb_is_refused_by_its_number_of_members():
    assert refused(archive({f"m{index}": "" for index in range(safety.MEMBER_COUNT + 1)})) == "archive_bomb"


def test_bomb_is_refused_by_its_declared_total(monkeypatch):
    monkeypatch.setattr(safety, "TOTAL_LIMIT", 10)
    assert refused(archive({"a": "x" * 11})) == "archive_bomb"


def test_bomb_is_refused_by_the_size_of_one_member(monkeypatch):
    monkeypatch.setattr(safety, "MEMBER_LIMIT", 10)
    with pytest.raises(ReaderError, match="out of all measure"):
        Archive(archive({"a": "x" * 11})).read("a")


def test_member_that_lies_about_its_size_is_damaged():
    data = bytearray(archive({"a": b"x" * 5000}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 100)
    with pytest.raises(ReaderError) as refusal:
        Archive(bytes(data)).read("a")
    assert refusal.value.code == "damaged_archive"


def test_members_that_overlap_are_refused():
    data = bytearray(archive({"a": b"x" * 50}))
    place = data.rindex(b"PK\x01\x02") + 20
    data[place : place + 4] = struct.pack("<I", 5000)
    assert refused(bytes(data)) == "damaged_archive"


def test_members_of_one_name_are_refused():
    data = archive({"first.xml": "1", "other.xml": "2"}, zipfile.ZIP_STORED)
    assert refused(data.replace(b"other.xml", b"first.xml")) == "damaged_archive"


def test_member_with_a_password_is_refused():
    data = bytearray(archive({"a": b"x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "encrypted"


@pytest.mark.parametrize("entity", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/hostname">'])
def test_entities_are_refused(word, entity):
    document = f"<!DOCTYPE x [{entity}]><w:document {word.names}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    assert refused(word.package("", parts={"word/document.xml": document})) == "unsafe_xml"


def test_laughing_entities_are_refused():
    layers = "".join(f'<!ENTITY a{index} "{f"&a{index - 1};" * 10}">' for index in range(1, 12))
    with pytest.raises(ReaderError) as refusal:
        parse_xml(f'<!DOCTYPE x [<!ENTITY a0 "ha">{layers}]><x y="&a11;">&a11;</x>'.encode(), "x")
    assert refusal.value.code == "unsafe_xml"


@pytest.mark.parametrize("content", ["<broken", "", f"<w:document xmlns:w='{'u'}'/>"])
def test_damaged_xml_is_refused_with_the_name_of_its_part(word, content):
    data = word.package("", parts={"word/document.xml": content})
    with pytest.raises(ReaderError) as refusal:
        read_document(data, "a.docx")
    assert (refusal.value.code, refusal.value.params) == ("damaged_document", {"part": "word/document.xml"})


def test_deep_nesting_is_refused_not_crashed(word):
    depth = 80
    cell = "<w:tbl><w:tr><w:tc>" * depth + word.p("x") + "</w:tc></w:tr></w:tbl>" * depth
    assert word.read(cell).preface == "x"
    assert refused(word.package("<w:sdt><w:sdtContent>" * 200 + "</w:sdtContent></w:sdt>" * 200)) == "damaged_document"


def test_recursion_without_end_is_refused(monkeypatch):
    def endless(data):
        return endless(data)

    monkeypatch.setattr("standards.readers.reading.read_markdown", endless)
    assert refused(b"1.1 Texto") == "too_complex"


def test_strict_document_is_read(word, labels):
    main = word.package(word.p("1 Título", "Heading1"))
    with zipfile.ZipFile(io.BytesIO(main)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    for usual, strict in (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        members = {name: content.replace(usual, strict) for name, content in members.items()}
    assert labels(read_document(archive(members), "a.docx")) == ["1"]


def test_name_of_the_file_is_no_evidence(word, labels):
    assert labels(read_document(word.package(word.p("1 Título", "Heading1")), "texto.md")) == ["1"]
