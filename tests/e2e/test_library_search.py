"""The library is searched in three languages: with a slip of the pen, another word for the same, a facet; a search is kept and tells."""

import pytest

MEMBER = "nelida-ccoyllo-pari@demo.example"
RECORDS = """
from datetime import timedelta
from django.utils import timezone
from tests.factories.publications import make_record
from red_mpe.portal.actions import learn_words
texts = {"title_en": "Zarandela retorts for mercury", "title_pt": "Retortas de zarandela para mercúrio"}
make_record("Retortas de zarandela para el mercurio", kind="guide", countries=["PE"], **texts)
make_record("Ley de la zarandela", kind="law", countries=["BO"], abstract_es="Nada de metales.")
learn_words()
"""
NEWS = """
from datetime import timedelta
from django.utils import timezone
from publications.models import SavedSearch
from publications.tasks import tell_of_new
from tests.factories.publications import make_record
now = timezone.now()
SavedSearch.objects.update(told_until=now - timedelta(days=2))
make_record("Zarandela nueva", kind="guide", published_at=now - timedelta(hours=1))
tell_of_new()
"""
SAID = {
    "es": ("¿Quizás zarandela?", "Por «azogue» también se buscó:", "Retortas de zarandela para el mercurio"),
    "en": ("Did you mean zarandela?", "For “azogue” also searched:", "Zarandela retorts for mercury"),
    "pt-br": ("Seria zarandela?", "Por “azogue” também se buscou:", "Retortas de zarandela para mercúrio"),
}


@pytest.fixture(scope="module")
def library(site):
    """Two records that no other test has."""
    site.run(RECORDS)
    return site


def ask(walker, words):
    walker.page.fill("main form.search input[name=q]", words)
    with walker.page.expect_navigation():
        walker.page.press("main form.search input[name=q]", "Enter")


@pytest.mark.parametrize("language", SAID)
def test_typo_synonym_and_facet_find_the_record(library, people, language):
    meant, also, title = SAID[language]
    walker = people(language, scripts=False, width=360)
    walker.open()
    walker.page.locator("details.menu:visible > summary").first.click()
    walker.follow("details.menu[open] nav a[href*='/biblioteca/'], details.menu[open] nav a[href*='/library/']")
    ask(walker, "zarandella")
    assert meant in walker.words()
    walker.follow("main .notice a")
    assert title in walker.words()
    ask(walker, "azogue zarandela")
    assert also in walker.words()
    ask(walker, "zarandela")
    walker.page.locator("details.fold > summary").click()
    walker.page.check("input[name=kind][value=law]")
    with walker.page.expect_navigation():
        walker.page.locator("details.fold button.btn").click()
    assert title not in walker.words()
    assert "Ley de la zarandela" in walker.words()


def test_a_kept_search_tells_what_is_new(library, people):
    walker = people("es", scripts=False)
    walker.sign_in(MEMBER)
    walker.open("biblioteca/?q=zarandela&kind=guide")
    walker.page.locator("main .keep summary").click()
    walker.page.fill("main .keep input[name=name]", "Mis zarandelas")
    walker.send("main .keep form")
    assert "La búsqueda quedó guardada." in walker.words()
    library.run(NEWS)
    walker.page.wait_for_timeout(3_000)
    walker.follow("a[href*='/notificaciones/']:visible")
    assert "Mis zarandelas" in walker.words()
    assert "Zarandela nueva" in walker.words()
