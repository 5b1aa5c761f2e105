"""What is kept of the library, in a real browser and in three languages: citations, files for reference managers, collections."""

import pytest

from tests.e2e.walking import COLUMN, LANGUAGES, LIBRARY

NEW = {"es": "colecciones/nueva/", "en": "collections/new/", "pt-br": "colecoes/nova/"}
CITE = {"es": "Citar esta obra", "en": "Cite this work", "pt-br": "Citar esta obra"}
#: What stands between the facts is written in the reader's language.
OF = {"es": "Disponible en", "en": "Available from", "pt-br": "Disponível em"}
MAKE = """
from tests.factories.publications import make_author, make_record
titles = {{"title_en": "Scales that do not cheat {language}", "title_pt": "Balanças que não enganam {language}"}}
record = make_record("Balanzas que no engañan {language}", **titles)
make_author(record, "Quispe", "Rosa")
print(record.code)
"""
TITLE = {"es": "Balanzas que no engañan es", "en": "Scales that do not cheat en", "pt-br": "Balanças que não enganam pt-br"}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def code(site, language):
    """A record that everybody reads."""
    return site.run(MAKE.format(language=language))


def test_a_record_is_cited_and_taken_into_a_reference_manager(people, language, code):
    reader = people(language, scripts=language != "en", width=360)
    reader.open(f"{LIBRARY[language]}{code}/")
    cite = reader.page.locator("details.cite-it:visible").first
    assert cite.locator("summary").inner_text() == CITE[language]
    cite.locator("summary").click()
    assert "Quispe" in cite.locator("dd").first.inner_text()
    reader.follow("details.cite-it[open] a[rel=nofollow]")
    words = reader.words()
    assert TITLE[language] in words
    assert OF[language] in words
    assert reader.page.locator("main dl.kv dt").count() == 4
    for name, sign in (("bibtex", "@"), ("ris", "TY  - ")):
        address = reader.page.locator(f"main a[download][href*='/{name}/']").get_attribute("href")
        answer = reader.context.request.get(reader.site.url + address)
        assert answer.text().startswith(sign)
        assert "Quispe, Rosa" in answer.text()


def test_a_record_is_put_into_a_collection_that_readers_open(secretary, people, language, code, monkeypatch):
    monkeypatch.setattr(secretary, "language", language)
    page, name = secretary.page, f"Pesar {language}"
    secretary.open(LIBRARY[language] + NEW[language])
    page.fill(f"input[name=title_{COLUMN[language]}]", name)
    secretary.send()
    secretary.open(f"{LIBRARY[language]}{code}/")
    secretary.follow("p.work a:last-of-type")
    page.get_by_role("radio", name=name, exact=True).check()
    page.fill(f"textarea[name=note_{COLUMN[language]}]", "Primero esto · this first · primeiro isto")
    secretary.send()
    assert TITLE[language] in page.locator(".notice").first.inner_text()
    address = page.url
    assert people(language).page.goto(address).url != address  # a stranger is asked to sign in
    with page.expect_navigation():
        page.locator("#readers ~ form button").first.click()
    reader = people(language, scripts=False, width=360)
    reader.open(f"{LIBRARY[language]}{code}/")
    reader.follow(f"main a:has-text('{name}')")
    assert TITLE[language] in reader.words()
    assert "Primero esto · this first · primeiro isto" in reader.words()
