"""The library's shelves in a real browser: a record read in three languages, a collection made and ordered by keyboard without
scripts, its edition opened from a folder without a network, and a clause that stands on a record."""

import io
import zipfile

import pytest

from tests.e2e.walking import LIBRARY, PREFIX, Walker

MAKE = """
from tests.factories.publications import make_author, make_identifier, make_record
first = make_record("Retortas que se hacen con tubos", title_en="Retorts made of pipes", title_pt="Retortas feitas de tubos",
    abstract_en="How to build a retort.", abstract_pt="Como construir uma retorta.", countries=["PE"])
make_author(first)
make_identifier(first, "url", "https://example.org/retortas")
second = make_record("La mesa antes que el mercurio", kind="guide")
print(first.code, second.code)
"""
READ = {
    "es": ("Retortas que se hacen con tubos", "Se puede copiar, compartir y adaptar"),
    "en": ("Retorts made of pipes", "It may be copied, shared and adapted"),
    "pt-br": ("Retortas feitas de tubos", "Pode ser copiado, compartilhado e adaptado"),
}


@pytest.fixture(scope="module")
def codes(site):
    """Two records, made once."""
    return site.run(MAKE).split()


@pytest.fixture(scope="module")
def editor(browser, site):
    """Somebody of the secretariat whose browser runs no scripts."""
    walker = Walker(browser, site, "es", scripts=False)
    walker.sign_in("secretaria@demo.example", second_factor=site.recovery_code("secretaria@demo.example"))
    yield walker
    walker.close()


@pytest.fixture(scope="module")
def collection(editor, codes):
    """The address of a collection of both, made, filled, ordered and shown on the site."""
    editor.open("biblioteca/colecciones/nueva/")
    editor.page.fill("input[name=title_es]", "Sin mercurio, paso a paso")
    editor.page.fill("input[name=title_en]", "Without mercury, step by step")
    editor.page.fill("textarea[name=introduction_es]", "Primero la mesa, después la retorta.")
    editor.send()
    address = editor.page.url
    for code in codes:
        editor.page.goto(address.replace("/editar/", f"/agregar/?words={code}"))
        press(editor, f"button[value={code}]")
    editor.page.goto(address)
    press(editor, f"#r-{codes[1]} button[value=up]")
    editor.follow(f"#r-{codes[1]} a[href*='/nota/']")
    editor.page.fill("textarea[name=note_es]", "Para empezar.")
    editor.send()
    press(editor, "form[action*='/mostrar/'] button")
    return address.replace("/editar/", "/")


def press(walker, selector):
    """Press a button by keyboard."""
    button = walker.page.locator(selector).first
    button.focus()
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


@pytest.mark.parametrize("language", list(READ))
def test_a_record_is_read_in_each_language(people, codes, language):
    reader = people(language, scripts=False, width=360)
    reader.open(f"{LIBRARY[language]}{codes[0]}/")
    for words in READ[language]:
        assert words in reader.page.locator("main").inner_text()
    reader.follow("a[href*='country=PE']")
    assert "country=PE" in reader.page.url


def test_a_collection_is_read_in_the_order_that_was_made(people, collection, codes):
    reader = people("es", scripts=False)
    reader.page.goto(collection)
    words = reader.words()
    assert words.index("La mesa antes que el mercurio") < words.index("Retortas que se hacen con tubos")
    assert "Para empezar." in words
    reader.follow("ol.numbered > li:nth-child(2) a")
    assert reader.page.locator(f"a[href='{collection.removeprefix(reader.site.url)}']").count() == 1


def test_the_edition_opens_from_a_folder_without_a_network(people, collection, codes, tmp_path):
    reader = people("en", scripts=False)
    answer = reader.context.request.get(collection + "memoria-usb/")
    zipfile.ZipFile(io.BytesIO(answer.body())).extractall(tmp_path)
    reader.context.set_offline(True)
    reader.page.goto((tmp_path / "index.html").as_uri())
    reader.follow("a[href='en/index.html']")
    assert "Without mercury, step by step" in reader.page.inner_text("h1")
    reader.follow("ol a[href$='.html']")
    reader.follow("nav a[lang='pt-br']")
    assert reader.page.url == (tmp_path / "pt-br" / f"{codes[1]}.html").as_uri()
    assert reader.page.evaluate("document.styleSheets.length") == 1


def test_a_clause_stands_on_a_record_and_the_record_says_so(editor, people, codes):
    editor.open("marcos/mpe-responsable/0.2/2.3.1/")
    editor.follow("a[href*='/evidencia/']")
    editor.page.fill("main input[name=words][type=search]", "retortas tubos")
    press(editor, "main form.search button")
    editor.page.check(f"input[value={codes[0]}]")
    editor.page.fill("input[name=note_pt]", "Mostra como construí-la.")
    editor.send()
    reader = people("pt-br", scripts=False)
    reader.page.goto(f"{reader.site.url}{PREFIX['pt-br']}marcos/mpe-responsable/0.2/2.3.1/")
    assert "Mostra como construí-la." in reader.words()
    reader.follow("section[aria-labelledby=evidence] a")
    assert "Sustenta a cláusula 2.3.1 da versão 0.2" in reader.words()
