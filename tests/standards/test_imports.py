"""A document becomes a version: looked at first, written whole or not at all."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions.imports import begin_framework, next_number, plan_import, write_import
from standards.actions.texts import freeze_version, review_language
from standards.models import Clause, ClauseLanguage, ClauseText, Framework, Version
from standards.readers import Entry, Outline, read_document
from tests.support.frameworks import make_framework, make_version
from tests.support.queries import count_queries

SPANISH = b"""# Marco del agua

Para que el rio viva.

## 1 Agua

### 1.1 Rios

La operacion cuida el rio.

### 1.2 Pozos

La operacion cuida el pozo.
"""
PORTUGUESE = SPANISH.replace(b"operacion cuida", b"operacao cuida").replace(
    b"### 1.2 Pozos\n\nLa operacao cuida el pozo.\n", b"### 1.3 Outro\n\nNovo.\n"
)


def outline(*labels, text="Palabras.", heading="Titulo"):
    return Outline("Marco", "", [Entry(label, "requirement", 1, heading, text, 1) for label in labels], [])


def bring(document, framework, *, number="0.1", language="es", actor=None, slug="agua"):
    found = document if isinstance(document, Outline) else read_document(document, "agua.md")
    plan = plan_import(outline=found, framework=framework, number=number, language=language)
    return write_import(actor=actor, plan=plan, framework=framework, slug=slug, number=number)


@pytest.fixture
def brought(clock, db):
    return bring(SPANISH, None)


def test_a_plan_writes_nothing(clock, db):
    plan = plan_import(outline=read_document(SPANISH, "agua.md"), framework=None, number="0.1", language="es")
    assert [(clause.entry.label, clause.fate) for clause in plan.clauses] == [("1", "new"), ("1.1", "new"), ("1.2", "new")]
    assert "La operacion cuida el rio." in plan.clauses[1].words
    assert (plan.missing, plan.refusals, plan.unknown, plan.begins) == ([], [], [], True)
    assert not Framework.objects.exists()


def test_a_document_begins_a_framework_nobody_sees(brought):
    framework = brought.framework
    assert (framework.public, framework.stage, framework.title_es, framework.code) == (False, "drafting", "Marco del agua", "AGUA")
    assert (brought.number, brought.public, brought.previous) == ("0.1", False, None)
    assert Framework.objects.get().introduction_es == "Para que el rio viva."


def test_clauses_keep_tree_order_and_words(brought):
    rows = brought.texts.order_by("position").values_list("label", "depth", "parent__label", "level", "title_es", "text_es")
    assert list(rows) == [
        ("1", 0, None, "principle", "Agua", ""),
        ("1.1", 1, "1", "criterion", "Rios", "La operacion cuida el rio."),
        ("1.2", 1, "1", "criterion", "Pozos", "La operacion cuida el pozo."),
    ]
    assert ClauseText.objects.get(label="1.1").text_html_es == "<p>La operacion cuida el rio.</p>"
    assert ClauseLanguage.objects.count() == 9


def test_three_hundred_requirements_are_written_with_few_queries(clock, secretary):
    few, many = (outline(*(f"{page}.{n}" for page in range(1, pages + 1) for n in range(1, 11))) for pages in (1, 30))
    frameworks = (make_framework(f"f{number}") for number in range(4))
    counted = [len(count_queries(lambda one=one: bring(one, next(frameworks), actor=secretary))) for one in (few, many)]
    assert counted[0] == counted[1] <= 35
    assert ClauseText.objects.count() == 2 * (10 + 300)


def test_a_second_language_is_laid_beside_by_label(brought):
    framework = brought.framework
    plan = plan_import(outline=read_document(PORTUGUESE, "a.md"), framework=framework, number="0.1", language="pt-br")
    assert [(clause.entry.label, clause.fate) for clause in plan.clauses] == [("1", "matched"), ("1.1", "matched"), ("1.3", "unknown")]
    assert (plan.missing, [clause.entry.label for clause in plan.unknown]) == (["1.2"], ["1.3"])
    bring(PORTUGUESE, framework, language="pt-br")
    text = ClauseText.objects.get(label="1.1")
    assert (text.text_es, text.text_pt) == ("La operacion cuida el rio.", "La operacao cuida el rio.")
    assert ClauseText.objects.count() == 3


def test_labels_are_matched_whatever_case_and_stop(clock, db):
    version = bring(outline("A-II", "1.1."), None)
    bring(outline("a-ii", "1.1", text="Words."), version.framework, language="en")
    assert set(ClauseText.objects.values_list("text_en", flat=True)) == {"Words."}


def test_the_same_document_again_leaves_reviews_alone(brought, secretary):
    for language in ("es", "en"):
        review_language(actor=secretary, version=brought, language=language)
    bring(SPANISH, brought.framework)
    assert ClauseLanguage.objects.filter(language="es", state="reviewed").count() == 3


def test_other_words_in_the_authentic_language_make_the_others_stale(brought, secretary):
    bring(SPANISH.replace(b"cuida", b"protects"), brought.framework, language="en")
    for language in ("es", "en"):
        review_language(actor=secretary, version=brought, language=language)
    bring(SPANISH.replace(b"el rio.", b"todo el rio."), brought.framework)
    found = ClauseLanguage.objects.filter(clause_text__label="1.1").values_list("language", "state")
    assert dict(found) == {"es": "draft", "en": "stale", "pt": "draft"}
    assert ClauseLanguage.objects.get(clause_text__label="1.2", language="en").state == "reviewed"


def test_the_next_version_keeps_identities(brought):
    freeze_version(version=brought, actor=None)
    assert next_number(brought.framework) == "0.2"
    later = bring(SPANISH, brought.framework, number="0.2")
    assert later.previous == brought
    assert Clause.objects.count() == 3
    assert ClauseText.objects.count() == 6


def test_a_renumbered_clause_is_not_taken_for_two(brought):
    clause = ClauseText.objects.get(label="1.2")
    second = Version.objects.create(framework=brought.framework, number="0.2")
    ClauseText.objects.create(version=second, clause=clause.clause, label="7.7", position=1)
    other = Clause.objects.create(framework=brought.framework)
    ClauseText.objects.create(version=second, clause=other, label="1.1", position=2)
    third = bring(outline("1.1", "1.2", "7.7"), brought.framework, number="0.3")
    found = dict(third.texts.values_list("label", "clause"))
    assert (found["7.7"], found["1.1"]) == (clause.clause_id, other.pk)
    assert found["1.2"] not in {clause.clause_id, other.pk}


def test_next_number_follows_what_is_there(clock, db):
    framework = make_framework("agua")
    assert (next_number(None), next_number(framework)) == ("0.1", "0.1")
    version = make_version(framework, "2.9")
    assert next_number(framework) == "2.9"
    freeze_version(version=version, actor=None)
    assert next_number(framework) == "2.10"


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (outline("1.1", "1.1"), "0.1"),
        (outline("A-I", "a-i"), "0.1"),
        (outline(), "0.1"),
        (outline("1" * 25), "0.1"),
        (outline("1", heading="x" * 301), "0.1"),
        (outline("1", text="x" * 20_001), "0.1"),
        (outline("general"), "0.1"),
        (outline("1/2"), "0.1"),
        (outline("1"), "uno"),
        (outline("1"), "0.1\n"),
        (outline("1"), "99999.1"),
    ],
)
def test_a_document_that_cannot_be_written_is_refused_whole(clock, db, document, number):
    plan = plan_import(outline=document, framework=None, number=number, language="es")
    assert plan.refusals
    with pytest.raises(DomainError):
        write_import(actor=None, plan=plan, framework=None, slug="agua", number=number)
    assert not Framework.objects.exists()


def test_a_frozen_version_takes_no_document(brought):
    freeze_version(version=brought, actor=None)
    plan = plan_import(outline=read_document(SPANISH, "a.md"), framework=brought.framework, number="0.1", language="en")
    assert plan.refusals
    with pytest.raises(DomainError):
        bring(SPANISH, brought.framework, language="en")


def test_a_plan_that_has_gone_stale_writes_nothing(brought):
    framework = make_framework("otro", code="OTRO")
    plans = [plan_import(outline=outline("1"), framework=framework, number="0.1", language="es") for _ in range(2)]
    write_import(actor=None, plan=plans[0], framework=framework, slug="otro", number="0.1")
    with pytest.raises(StaleState):
        write_import(actor=None, plan=plans[1], framework=framework, slug="otro", number="0.1")
    empty = make_version(framework, "0.2")
    plan = plan_import(outline=outline("1"), framework=framework, number="0.2", language="es")
    bring(outline("1"), framework, number="0.2")
    with pytest.raises(StaleState):
        write_import(actor=None, plan=plan, framework=framework, slug="otro", number="0.2")
    assert empty.texts.count() == 1


def test_nothing_is_written_when_something_breaks(brought):
    entry = Entry("9", "requirement", 1, "x" * 300, "y", 1)
    object.__setattr__(entry, "level", "a level far too long for it")
    plan = plan_import(outline=Outline("x", "", [entry], []), framework=brought.framework, number="0.2", language="es")
    with pytest.raises(Exception, match="too long"):
        write_import(actor=None, plan=plan, framework=brought.framework, slug="agua", number="0.2")


def test_only_the_secretariat_imports(miner, secretary, clock):
    with pytest.raises(PermissionDenied):
        bring(SPANISH, None, actor=miner.user)
    bring(SPANISH, None, actor=secretary)
    assert AuditEntry.objects.get(verb="standards.document_imported").actor == secretary


def test_codes_of_frameworks_never_meet(clock, db):
    codes = [begin_framework(slug=f"marco-del-agua-{n}", title="", language="es").code for n in range(11)]
    assert codes[:2] == ["MARCODELAGUA", "MARCODELAGU2"]
    assert codes[-1] == "MARCODELAG11"


@pytest.mark.parametrize("slug", ["", "Con espacio", "á/b", "a" * 61])
def test_a_slug_that_cannot_be_an_address_is_refused(clock, db, slug):
    with pytest.raises(DomainError):
        begin_framework(slug=slug, title="x", language="es")


def test_an_introduction_that_somebody_wrote_stays(brought):
    Framework.objects.update(introduction_es="Escrita a mano.")
    bring(SPANISH, Framework.objects.get())
    assert Framework.objects.get().introduction_es == "Escrita a mano."


def command(path, *options, slug="agua", language="es"):
    out = StringIO()
    call_command("import_framework", str(path), "--framework", slug, "--language", language, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "agua.md"
    file.write_bytes(SPANISH)
    return file


def test_command_shows_the_tree_and_writes_nothing_in_a_dry_run(clock, db, path):
    shown = command(path, "--dry-run")
    assert "+ 1  Agua" in shown
    assert "+   1.1  Rios" in shown
    assert not Framework.objects.exists()


def test_command_writes_and_adds_a_language(clock, db, path):
    assert "agua 0.1: 3" in command(path)
    path.write_bytes(PORTUGUESE)
    shown = command(path, language="pt-br")
    assert "?   1.3" in shown
    assert "1.2" in shown.splitlines()[-2]
    assert "agua 0.1: 2" in shown
    assert "agua 0.3: 3" in command(path, "--number", "0.3")


@pytest.mark.parametrize(
    ("content", "options"),
    [(b"", []), (b"PK\x03\x04 broken", []), (b"Nothing numbered here.", []), (SPANISH, ["--number", "x"])],
)
def test_command_refuses_in_words(clock, db, tmp_path, content, options):
    file = tmp_path / "x.md"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        command(file, *options)
    assert not Framework.objects.exists()


def test_command_says_that_a_file_is_not_there(clock, db, tmp_path):
    for missing in (tmp_path / "no.md", tmp_path):
        with pytest.raises(CommandError):
            command(missing)


def test_command_shows_problems_and_refusals(clock, db, tmp_path):
    file = tmp_path / "x.md"
    file.write_bytes(b"# 1 A\n\ntext\n\n# 1 B\n\ntext\n\n# 3 C\n\n<script>x</script>\n")
    assert "!" in command(file, "--dry-run")
