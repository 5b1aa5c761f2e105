"""Importing a document in the admin: a look that writes nothing, then everything at once, or nothing."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from red_mpe.core.models import AuditEntry
from standards.actions.texts import freeze_version
from standards.admin.importing import Waiting, find, keep
from standards.models import ClauseText, Version
from tests.conftest import make_user
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.secretariat import at, enter

FILES = Path(__file__).parent / "readers" / "files"
MARKDOWN = "# 1. Legalidad\n\n1.1. La operación debe tener **título**.\n\n1.2. La operación debe pagar sus regalías.\n"


@pytest.fixture
def framework(db):
    return make_framework(public=False)


@pytest.fixture
def desk(client, secretary):
    return enter(client, secretary)


def send(desk, framework, content, name="marco.md", **fields):
    content = content.encode() if isinstance(content, str) else content
    data = {"language": "es", "number": "0.3", **fields, "document": SimpleUploadedFile(name, content)}
    return desk.post(at("framework_import_document", framework.pk), data)


def confirm(desk, look):
    """Press “Write it” on the page of an import, and follow to the result."""
    page = desk.get(look["Location"])
    return desk.post(look["Location"], {"fingerprint": page.context["fingerprint"]}, follow=True)


def test_looking_writes_nothing_and_shows_tree_and_fates(desk, framework):
    page = desk.get(send(desk, framework, MARKDOWN)["Location"])
    assert page.context["counts"] == {"new": 3, "matched": 0, "unknown": 0}
    assert "La operación debe pagar sus regalías." in page.content.decode()
    assert not Version.objects.exists()
    assert not ClauseText.objects.exists()


def test_confirming_writes_and_tells_how_much(desk, framework, secretary):
    result = confirm(desk, send(desk, framework, MARKDOWN))
    version = Version.objects.get()
    assert list(version.texts.order_by("position").values_list("label", flat=True)) == ["1", "1.1", "1.2"]
    assert "<strong>título</strong>" in version.texts.get(label="1.1").text_html_es
    assert "3 clauses were written." in result.content.decode()
    assert AuditEntry.objects.get(verb="standards.document_imported").actor == secretary


def test_word_document_goes_in_with_every_label(desk, framework):
    content = (FILES / "marco_es.docx").read_bytes()
    confirm(desk, send(desk, framework, content, "marco_es.docx"))
    labels = set(ClauseText.objects.values_list("label", flat=True))
    printed = {
        line.split("\t")[0].removeprefix("Principio ").rstrip(".") for line in (FILES / "marco_es.numbers.txt").read_text().splitlines()
    }
    assert len(labels) > 100
    assert {label for label in printed if label[:1].isdigit()} <= labels


def test_second_language_shows_partners_strangers_and_what_is_missing(desk, framework):
    confirm(desk, send(desk, framework, MARKDOWN))
    portuguese = "# 1. Legalidade\n\n1.1. A operação deve ter título.\n\n1.7. Não existe.\n"
    look = send(desk, framework, portuguese, language="pt-br")
    page = desk.get(look["Location"])
    result = confirm(desk, look).content.decode()
    assert (page.context["counts"], page.context["plan"].missing) == ({"new": 0, "matched": 2, "unknown": 1}, ["1.2"])
    assert "1.7" in result
    assert "1.2" in result
    assert ClauseText.objects.get(label="1.1").text_pt == "A operação deve ter título."


def test_frozen_version_takes_no_document(desk, framework):
    version = make_version(framework, "0.3")
    make_clause(version, "1", text_es="Debe.")
    freeze_version(version=version, actor=None)
    look = send(desk, framework, MARKDOWN)
    page = desk.get(look["Location"])
    again = desk.post(look["Location"], {"fingerprint": page.context["fingerprint"]})
    assert "is frozen" in page.content.decode()
    assert "Write it" not in again.content.decode()
    assert version.texts.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04 broken", "damaged"), (b"x" * 10_000_001, "larger than 10 MB")],
)
def test_document_that_cannot_be_read_is_refused_beside_its_field(desk, framework, content, words):
    answer = send(desk, framework, content, number="0.7", language="en")
    assert words in str(answer.context["form"].errors["document"])
    assert 'value="0.7"' in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("es", "PDF"), ("en", "This is a PDF"), ("pt-br", "PDF")])
def test_refusals_are_said_in_the_reader_s_language(desk, framework, language, words):
    with override(language):
        from django.urls import reverse

        address = reverse("admin:standards_framework_import_document", args=[framework.pk])
    data = {"language": "es", "number": "0.3", "document": SimpleUploadedFile("a.docx", b"%PDF-1.7 x")}
    answer = desk.post(address, data)
    assert words in str(answer.context["form"].errors["document"])


def test_every_problem_is_listed_with_its_line(desk, framework):
    page = desk.get(send(desk, framework, MARKDOWN + "\n![mapa](https://example.org/a.png)\n\n1.2. Otra vez.\n")["Location"])
    problems = page.context["plan"].problems
    html = page.content.decode()
    assert problems
    assert all(f"<td>{problem.line}</td>" in html for problem in problems if problem.line)


def test_document_belongs_to_who_sent_it(client, framework, secretary):
    colleague = make_user("otra@example.org", is_staff=True, is_superuser=True)
    look = send(enter(client, secretary), framework, MARKDOWN)
    answer = enter(client, colleague).get(look["Location"])
    assert answer["Location"] == at("framework_import_document", framework.pk)


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_token_of_somebody_s_invention_opens_nothing(desk, framework, token):
    answer = desk.get(at("framework_import_look", framework.pk, token), follow=True)
    assert "gone" in " ".join(str(message) for message in answer.context["messages"])


def test_document_is_gone_after_half_an_hour(secretary, framework, time_machine):
    time_machine.move_to("2026-03-01 10:00:00+00:00", tick=False)
    token = keep(Waiting("a.md", b"x", "es", "0.1"), secretary, framework)
    assert find(token, secretary, framework).document == b"x"
    time_machine.shift(31 * 60)
    assert find(token, secretary, framework) is None


def test_what_changed_since_the_look_is_looked_at_again(desk, framework):
    look = send(desk, framework, MARKDOWN)
    seen = desk.get(look["Location"]).context["fingerprint"]
    make_clause(make_version(framework, "0.3"), "1.1")
    answer = desk.post(look["Location"], {"fingerprint": seen})
    assert "has changed since you looked" in answer.content.decode()
    assert ClauseText.objects.get().text_es in ("", None)


def test_pressing_twice_writes_once(desk, framework):
    look = send(desk, framework, MARKDOWN)
    confirm(desk, look)
    again = desk.post(look["Location"], {"fingerprint": "x"})
    assert "3 clauses were written." in again.content.decode()
    assert AuditEntry.objects.filter(verb="standards.document_imported").count() == 1


def test_three_hundred_requirements_go_in_at_once(desk, framework):
    lines = [f"{part}.{number}. La operación debe cumplir {part}.{number}." for part in range(1, 11) for number in range(1, 31)]
    heads = {part: f"# {part}. Principio {part}" for part in range(1, 11)}
    document = "\n\n".join("\n\n".join([heads[part], *lines[(part - 1) * 30 : part * 30]]) for part in heads)
    confirm(desk, send(desk, framework, document))
    assert ClauseText.objects.filter(label__contains=".").count() == 300


def test_page_offers_the_number_and_language_that_come_next(desk, framework):
    first = desk.get(at("framework_import_document", framework.pk)).context["form"].initial
    confirm(desk, send(desk, framework, MARKDOWN, number="0.1"))
    second = desk.get(at("framework_import_document", framework.pk)).context["form"].initial
    assert (first, second) == ({"number": "0.1", "language": "es"}, {"number": "0.1", "language": "en"})
