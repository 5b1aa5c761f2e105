"""Names of works in their normal form, so that the same work is known again however its name was typed."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publications.enums import Scheme
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean_line

LONGEST = 500  # signs, as the column has
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_BEFORE = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_HANDLE = re.compile(r"\d+(?:\.\d+)*/\S+")
_HANDLE_BEFORE = re.compile(r"^(?:https?://)?hdl\.handle\.net/|^hdl:\s*", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"^(?:e-?|p-?)?IS[BS]N(?:-?1[03])?:?\s*", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
#: What newsletters and social networks add to an address to follow who opens it.
_TRACKING = re.compile(r"utm_\w+|mc_[ce]id|_hs\w+|(?:fb|g|y|ms|dc|tt|wick|gbra|wbra)cl?id|igsh(?:id)?|_ga|_gl|ref_src|si|spm|mkt_tok")
_STARTS = ("978", "979")  # of every ISBN of thirteen digits


def normal_identifier(scheme: str, value: str) -> tuple[str, str]:
    """Return kind and value of an identifier in its normal form; an address that only leads to a DOI or handle becomes that.

    Refused with words where it cannot be one: a wrong check digit, no prefix, an address that is none.
    """
    words = clean_line(value)
    if len(words) > LONGEST:
        raise DomainError(_("That is too long for an identifier: at most 500 characters."))
    if scheme == Scheme.URL and _DOI_BEFORE.match(words):
        scheme = Scheme.DOI
    elif scheme == Scheme.URL and _HANDLE_BEFORE.match(words):
        scheme = Scheme.HANDLE
    return scheme, _FORMS[scheme](words)


def _doi(words: str) -> str:
    bare = _DOI_BEFORE.sub("", words)
    bare = (unquote(bare) if bare != words else bare).strip().lower()
    if not _DOI.fullmatch(bare):
        raise DomainError(_("A DOI begins with 10. and has a slash: 10.1787/9789264252479-en."))
    return bare


def _handle(words: str) -> str:
    bare = _HANDLE_BEFORE.sub("", words).strip()
    if not _HANDLE.fullmatch(bare):
        raise DomainError(_("A handle is a number, a slash and a name: 10986/32888."))
    return bare


def _isbn(words: str) -> str:
    digits = _digits(words)
    if re.fullmatch(r"\d{9}[\dX]", digits):
        if _weighed(digits, range(10, 0, -1)) % 11:
            raise DomainError(_("The last digit of this ISBN does not fit the others: one of them is mistyped."))
        return _with_check(f"978{digits[:9]}")
    if not re.fullmatch(r"\d{13}", digits) or not digits.startswith(_STARTS):
        raise DomainError(_("An ISBN has 10 digits, or 13 that begin with 978 or 979."))
    if _with_check(digits[:12]) != digits:
        raise DomainError(_("The last digit of this ISBN does not fit the others: one of them is mistyped."))
    return digits


def _issn(words: str) -> str:
    digits = _digits(words)
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        raise DomainError(_("An ISSN has 8 digits: 2049-3630."))
    if _weighed(digits, range(8, 0, -1)) % 11:
        raise DomainError(_("The last digit of this ISSN does not fit the others: one of them is mistyped."))
    return f"{digits[:4]}-{digits[4:]}"


def _digits(words: str) -> str:
    return re.sub(r"[\s\u2010-\u2015.-]", "", _NUMBER_BEFORE.sub("", words)).upper()


def _weighed(digits: str, weights: range) -> int:
    return sum((10 if digit == "X" else int(digit)) * weight for digit, weight in zip(digits, weights, strict=True))


def _with_check(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _url(words: str) -> str:
    """Return the address with https, its host in small letters, and without what only serves to follow readers."""
    if words.startswith(f"{settings.BASE_URL}/"):
        return words  # a page of ours, whatever this site is called
    wrong = DomainError(_("Write the whole address, as the browser shows it: https://example.org/work.pdf."))
    with_scheme = words if "://" in words else f"https://{words}"
    try:
        parts = urlsplit(with_scheme)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host) or parts.username or parts.password or " " in words:
        raise wrong
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = urlencode([(key, given) for key, given in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)])
    fragment = "" if parts.fragment.startswith(":~:") else parts.fragment
    return urlunsplit(("https", place, quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/", query, fragment))


def _other(words: str) -> str:
    if not words:
        raise DomainError(_("Write the identifier, or leave the whole line empty."))
    return words


_FORMS: dict[str, Callable[[str], str]] = {
    Scheme.DOI: _doi,
    Scheme.ISBN: _isbn,
    Scheme.ISSN: _issn,
    Scheme.HANDLE: _handle,
    Scheme.URL: _url,
    Scheme.OTHER: _other,
}
