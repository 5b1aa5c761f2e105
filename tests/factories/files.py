"""Small files of every kind that the library takes, and of some it does not."""

import io
import struct
import zipfile
import zlib
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publications.actions import storing
from publications.models import File

WORDS = "El mercurio se recupera con retorta."
PLAIN = f"{WORDS}\n".encode()
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
ODF = {"odt": "text", "odp": "presentation", "ods": "spreadsheet"}


def upload(data, name="hoja.txt"):
    """Bytes as a browser sends them."""
    return SimpleUploadedFile(name, data) if data else SimpleUploadedFile(name, b"")


def make_zip(members, **how):
    """A ZIP of names and bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_pdf(*pages, extra=b"", catalog=b"", trailer=b""):
    """A PDF with a line of words on each page; `extra` objects begin with number 4 + 2 per page."""
    pages = pages or (WORDS,)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        drawn = f"BT /F1 18 Tf 50 700 Td ({words}) Tj ET".encode("latin-1")
        box = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream")
    return _written([*objects, *([extra] if extra else [])], trailer)


def _written(objects, trailer):
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"<< /Size %d /Root 1 0 R " % (len(objects) + 1) + trailer + b" >>"
    return data + table + b"trailer\n" + head + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)


def make_encrypted_pdf():
    """A PDF that asks for a password that nobody knows."""
    keys = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -44 >>"
    return make_pdf(extra=keys, trailer=b"/Encrypt 6 0 R /ID [<61> <61>]")


def make_docx(*paragraphs, more=None):
    """A Word document of a few paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs or (WORDS,))
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    return make_zip(parts | (more or {}))


def make_pptx(*slides):
    """A presentation with a line on each slide."""
    parts = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
    for number, words in enumerate(slides or (WORDS,), 1):
        parts[f"ppt/slides/slide{number}.xml"] = f"<x {_A}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></x>"
    return make_zip(parts)


def make_xlsx(*texts):
    """A workbook with these texts."""
    items = "".join(f"<si><t>{words}</t></si>" for words in texts or (WORDS,))
    book = f'<workbook {_S}><sheets><sheet name="Costos"/></sheets></workbook>'
    return make_zip({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": book, "xl/sharedStrings.xml": f"<sst {_S}>{items}</sst>"})


def make_odf(code, *paragraphs):
    """An OpenDocument file."""
    body = "".join(f"<text:p>{words}</text:p>" for words in paragraphs or (WORDS,))
    body = f"<draw:page>{body}</draw:page>" if code == "odp" else body
    content = f"<office:document-content {_ODF}><office:body>{body}</office:body></office:document-content>"
    meta = f'<office:document-meta {_ODF}><meta:document-statistic meta:page-count="3"/></office:document-meta>'
    kind = f"application/vnd.oasis.opendocument.{ODF[code]}"
    return make_zip({"mimetype": kind, "content.xml": content, "meta.xml": meta})


def make_epub(*chapters):
    """A book with a chapter for each text, in this order, whatever the files are called."""
    chapters = chapters or (WORDS,)
    names = [f"c{len(chapters) - number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="i{number}" href="{name}"/>' for number, name in enumerate(names))
    order = "".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    package = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{order}</spine></package>'
    rootfile = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    texts = {f"OEBPS/{name}": f"<html><body><p>{words}</p></body></html>" for name, words in zip(names, chapters, strict=True)}
    return make_zip({"mimetype": "application/epub+zip", "META-INF/container.xml": rootfile, "OEBPS/content.opf": package, **texts})


def make_html(body=f"<p>{WORDS}</p>"):
    """A page of the web with what browsers do not show."""
    head = "<head><title>x</title><style>p{}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}<script>alert(1)</script></body></html>".encode()


def make_picture(code="png", size=(40, 30), **how):
    """A picture in one of the codecs."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (180, 120, 20)).save(buffer, {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[code], **how)
    return buffer.getvalue()


def make_huge_png(side=60_000):
    """A PNG of few bytes that claims more pixels than any memory holds."""

    def chunk(kind, data):
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!2I5B", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@cache
def one_of_each():
    """A small file of every kind, by code."""
    mp4 = struct.pack("!I", 24) + b"ftypisom\0\0\2\0isomiso2" + struct.pack("!I", 16) + b"mdat" + b"\1" * 8
    return {
        "pdf": make_pdf(),
        "docx": make_docx(),
        "pptx": make_pptx(),
        "xlsx": make_xlsx(),
        **{code: make_odf(code) for code in ODF},
        "epub": make_epub(),
        "html": make_html(),
        "txt": PLAIN,
        "md": b"# Oro\n\nSin **mercurio**.\n",
        "csv": b"anio,gramos\n2024,12\n",
        "png": make_picture("png"),
        "jpg": make_picture("jpg"),
        "webp": make_picture("webp"),
        "mp3": b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + b"\0" * 400,
        "ogg": b"OggS\0\2" + b"\0" * 60,
        "mp4": mp4,
        "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84webm" + b"\0" * 40,
        "zip": make_zip({"datos/pozos.csv": "a,b\n1,2\n"}),
    }


def make_file(record, data=PLAIN, **fields):
    """A file that was read, with a picture of its first page and a light copy, as a row with its bytes."""
    fields = {"name": "hoja.txt", "media_type": "text/plain", "language": "es", "text_state": "done", "pages": 3} | fields
    picture, light = storing.keep_bytes(make_picture("webp")), storing.keep_bytes(b"Hoja liviana.")
    fields = {"thumbnail": picture, "thumbnail_width": 40, "thumbnail_height": 30} | fields
    fields = {"light_name": light, "light_type": "text/plain", "light_size": 13} | fields
    number = record.files.count() + 1
    sha256 = storing.keep(ContentFile(data))
    return File.objects.create(record=record, number=number, position=number, size=len(data), sha256=sha256, **fields)
