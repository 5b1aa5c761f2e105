"""Asking doi.org for the metadata of a DOI. Only these hosts are ever asked, whatever a redirect says; nothing but metadata is read."""

import re
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError

RESOLVER = "https://doi.org/"
#: Beginnings of addresses that the resolver may send us on to: the registries that answer for it.
ALLOWED = (
    RESOLVER,
    "https://api.crossref.org/",
    "https://data.crossref.org/",
    "https://api.datacite.org/",
    "https://data.datacite.org/",
    "https://crosscite.org/",
    "https://data.crosscite.org/",
)
ACCEPT = "application/vnd.citationstyles.csl+json"
_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_SECONDS = 6
_MOST = 1_000_000  # bytes


class _Within(urllib.request.HTTPRedirectHandler):
    """Follow redirects within the allowed hosts only."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = tuple(allowed)

    def redirect_request(self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith(self.allowed):
            raise DomainError(_("The registry sends us to a host that we do not ask. Paste the metadata instead."))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_doi(words: str, *, resolver: str = RESOLVER, allowed: Sequence[str] = ALLOWED) -> str:
    """Return the metadata of a DOI as CSL-JSON. Refused: no DOI, no answer in six seconds, more than a megabyte, another host."""
    found = _DOI.search(words)
    if found is None:
        raise DomainError(_("A DOI begins with 10. and has a slash: 10.1787/9789264252479-en."))
    address = resolver + quote(found[0], safe="/")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(), _Within(allowed))
    request = urllib.request.Request(address, headers={"Accept": ACCEPT, "User-Agent": "Red-MPE/1.0"})  # noqa: S310 - the host is fixed
    try:
        with opener.open(request, timeout=_SECONDS) as response:
            data: bytes = response.read(_MOST + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise DomainError(_("doi.org gives no metadata for this DOI now. Try later, or paste them here.")) from error
    if len(data) > _MOST:
        raise DomainError(_("doi.org gives no metadata for this DOI now. Try later, or paste them here."))
    return data.decode("utf-8", errors="replace")
