"""A real Word document goes in and comes out on the page with every number right."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from standards.models import Framework, Version

FILES = Path(__file__).parent / "readers" / "files"


@pytest.fixture
def read(client, db):
    """Import a document by the command, publish it, and return the labels on its page."""

    def labels(name, language="es"):
        call_command("import_framework", str(FILES / name), framework="prueba", language=language, stdout=StringIO())
        Framework.objects.update(public=True)
        Version.objects.update(public=True)
        with override(language):
            page = client.get(reverse("standards:framework_detail", args=["prueba"])).content.decode()
        return re.findall(r'<a class="label"[^>]*>([^<]+)</a>', page)

    return labels


def printed(name):
    """The numbers that LibreOffice prints, in order."""
    lines = (FILES / name).read_text().splitlines()
    return [line.split("\t")[0].removeprefix("Principio").strip().rstrip(".") for line in lines if line.strip()]


@pytest.mark.parametrize("name", ["marco_es.docx", "marco_es_lo.docx"])
def test_every_label_of_a_document_is_on_the_page(read, name):
    shown = read(name)
    wanted = [label for label in printed("marco_es.numbers.txt") if re.fullmatch(r"[\d.]+", label)]
    assert len([label for label in wanted if label.count(".") == 2]) >= 100
    assert [label for label in shown if re.fullmatch(r"[\d.]+", label)] == wanted


def test_second_language_stands_beside_the_first(read):
    first = read("marco_es.docx")
    assert read("marco_pt.docx", "pt-br") == first
