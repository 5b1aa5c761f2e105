"""Names of works: however they are typed, the same work has the same name."""

import pytest

from publications.actions.identifiers import normal_identifier
from red_mpe.core.states import DomainError


@pytest.mark.parametrize(
    "typed",
    [
        "10.1787/9789264252479-EN",
        "doi:10.1787/9789264252479-en",
        "DOI: 10.1787/9789264252479-en",
        "https://doi.org/10.1787/9789264252479-en",
        "http://dx.doi.org/10.1787/9789264252479-en",
        "  https://doi.org/10.1787%2F9789264252479-en ",
    ],
)
def test_a_doi_is_in_small_letters_without_its_resolver(typed):
    assert normal_identifier("doi", typed) == ("doi", "10.1787/9789264252479-en")


@pytest.mark.parametrize("typed", ["", "11.1787/x", "10.17/x", "10.1787", "10.1787/a b", "https://example.org/10.1787/x"])
def test_what_is_no_doi_is_refused_with_an_example(typed):
    with pytest.raises(DomainError, match="9789264252479"):
        normal_identifier("doi", typed)


@pytest.mark.parametrize(
    "typed", ["0-306-40615-2", "ISBN 0306406152", "978-0-306-40615-7", "ISBN-13: 9780306406157", "978\u20110306406157"]
)
def test_an_isbn_has_thirteen_digits(typed):
    assert normal_identifier("isbn", typed) == ("isbn", "9780306406157")


def test_an_isbn_may_end_with_x():
    assert normal_identifier("isbn", "0-8044-2957-x") == ("isbn", "9780804429573")


@pytest.mark.parametrize("typed", ["0-306-40615-3", "9780306406158"])
def test_a_mistyped_isbn_is_refused_by_its_check_digit(typed):
    with pytest.raises(DomainError, match="last digit"):
        normal_identifier("isbn", typed)


@pytest.mark.parametrize("typed", ["", "123", "9770306406157", "X306406152", "97803064061577"])
def test_what_is_no_isbn_is_refused(typed):
    with pytest.raises(DomainError, match="10 digits"):
        normal_identifier("isbn", typed)


@pytest.mark.parametrize(("typed", "kept"), [("20493630", "2049-3630"), ("eISSN: 2434-561x", "2434-561X")])
def test_an_issn_has_its_dash(typed, kept):
    assert normal_identifier("issn", typed) == ("issn", kept)


@pytest.mark.parametrize(("typed", "words"), [("2049-3631", "last digit"), ("2049", "8 digits"), ("X049-3630", "8 digits")])
def test_a_wrong_issn_is_refused(typed, words):
    with pytest.raises(DomainError, match=words):
        normal_identifier("issn", typed)


@pytest.mark.parametrize("typed", ["10986/32888", "hdl:10986/32888", "https://hdl.handle.net/10986/32888"])
def test_a_handle_is_without_its_resolver(typed):
    assert normal_identifier("handle", typed) == ("handle", "10986/32888")


@pytest.mark.parametrize("typed", ["", "10986", "abc/32888"])
def test_what_is_no_handle_is_refused(typed):
    with pytest.raises(DomainError, match="slash"):
        normal_identifier("handle", typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://Example.ORG", "https://example.org/"),
        ("example.org/guia.pdf", "https://example.org/guia.pdf"),
        ("https://example.org/a?id=3&utm_source=x&fbclid=y&gclid=z", "https://example.org/a?id=3"),
        ("https://example.org:443/a#p2", "https://example.org/a#p2"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#:~:text=oro", "https://example.org/a"),
        ("https://example.org/minería.pdf", "https://example.org/miner%C3%ADa.pdf"),
        ("https://minería.example/", "https://xn--minera-7va.example/"),
    ],
)
def test_an_address_is_secure_and_follows_nobody(typed, kept):
    assert normal_identifier("url", typed) == ("url", kept)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "javascript:alert(1)", "ftp://example.org/a", "https://", "https://localhost/a", "https://127.0.0.1/a", "file:///etc/passwd"),
        *("https://user:word@example.org/", "https://example.org/a b", "https://example.org:99999/", "https://[::1", "https://a..b/"),
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(DomainError, match="whole address"):
        normal_identifier("url", typed)


@pytest.mark.parametrize(
    ("typed", "pair"),
    [("https://doi.org/10.1234/ABC", ("doi", "10.1234/abc")), ("https://hdl.handle.net/10986/1", ("handle", "10986/1"))],
)
def test_an_address_that_only_leads_to_an_identifier_becomes_it(typed, pair):
    assert normal_identifier("url", typed) == pair


def test_another_identifier_stays_as_it_is():
    assert normal_identifier("other", " UNEP/MC/COP.4/6 ") == ("other", "UNEP/MC/COP.4/6")


def test_an_empty_identifier_is_refused():
    with pytest.raises(DomainError, match="whole line empty"):
        normal_identifier("other", " ")


def test_a_very_long_identifier_is_refused():
    with pytest.raises(DomainError, match="500"):
        normal_identifier("url", "https://example.org/" + "a" * 500)


@pytest.mark.parametrize("scheme", ["doi", "isbn", "issn", "handle", "url", "other"])
@pytest.mark.parametrize("typed", ["10.1234/abc", "9780306406157", "2049-3630", "https://example.org/a?b=c%20d", "10986/32888"])
def test_what_is_normal_stays_as_it_is(scheme, typed):
    try:
        once = normal_identifier(scheme, typed)
    except DomainError:
        return
    assert normal_identifier(*once) == once
