"""What changed, on paper and on a phone: marks without colour, nothing wider than the page, no button that nobody can press."""

import pytest

from tests.e2e.test_every_page import addresses
from tests.e2e.walking import Walker

PAGES = ("standards:redline mpe-responsable 0.1 0.2", "standards:clause_history mpe-responsable @")
SHEET = 680  # px between the margins of A4
_SEEN = """() => {
    const shown = words => [...document.querySelectorAll(words)].filter(one => one.checkVisibility() && one.getClientRects().length);
    const line = tag => getComputedStyle(document.querySelector(`main .redline ${tag}`)).textDecorationLine;
    return {
        chrome: shown("nav, form, button, select, summary, .chips, .acts, .up, .tabs, .foot, .skip").map(one => one.outerHTML.slice(0, 80)),
        head: shown(".paper").length,
        marks: [line("ins"), line("del")],
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        whole: [...document.querySelectorAll(".redlines .clause, .wording")].every(one => getComputedStyle(one).breakInside === "avoid"),
    };
}"""


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_comparisons_are_printed_without_chrome_and_read_without_colour(browser, site, language):
    walker = Walker(browser, site, language, width=SHEET)
    walker.page.emulate_media(media="print")
    for path in addresses(site, PAGES, language):
        walker.page.goto(site.url + path)
        seen = walker.page.evaluate(_SEEN)
        assert seen == {"chrome": [], "head": 1, "marks": ["underline", "line-through"], "wide": 0, "whole": True}, path
        assert walker.page.pdf(format="A4").startswith(b"%PDF")
    walker.close()


def test_the_head_of_the_paper_is_not_on_the_screen(browser, site):
    walker = Walker(browser, site, "es", width=360)
    for path in addresses(site, PAGES, "es"):
        walker.page.goto(site.url + path)
        seen = walker.page.evaluate(_SEEN)
        assert (seen["head"], seen["marks"], seen["wide"]) == (0, ["underline", "line-through"], 0), path
        assert walker.page.locator(".legend").is_visible()
    walker.close()
