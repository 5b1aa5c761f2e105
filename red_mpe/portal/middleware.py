"""What holds for every page: no NUL, the reader's clock, private answers never stored, staff's second factor, the admin's policy."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from red_mpe.core.locale import zone
from red_mpe.core.packed import gzipped

Handler = Callable[[HttpRequest], HttpResponse]

LONG: Final = 50_000  # bytes
STAFF_SESSION: Final = timedelta(hours=8)
_ACCOUNT_ROUTES: Final = ("account_", "mfa_", "usersessions_")
_BEFORE_SECOND_FACTOR: Final = ("mfa_", "account_reauthenticate", "account_logout", "account_email", "portal:signed_out")
#: Outside the language prefix, and yet read as the person who is signed in.
_READ_AS_PERSON: Final = frozenset({"event_calendar"})
_SECOND_FACTORS: Final = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# The admin's theme evaluates small expressions and writes inline styles; nothing of it comes from another host.
_ADMIN_POLICY: Final = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"]}


def admin_csp(get_response: Handler) -> Handler:
    """Relax the content security policy under the admin's addresses, in every language, and nowhere else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match is not None and match.app_names[:1] == ["admin"]:
            response._csp_replace = _ADMIN_POLICY  # type: ignore[attr-defined]
        return response

    return middleware


def light_gzip(get_response: Handler) -> Handler:
    """Compress long pages before Django's own middleware does, a level lower, and not again what is kept compressed.

    As there, a name of random length in the head hides how long the page became.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < LONG or "Content-Encoding" in response:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            _compress(response)
        return response

    return middleware


def _compress(response: HttpResponse) -> None:
    name = secrets.token_hex(1 + secrets.randbelow(50))
    response.content = gzipped(response.content, getattr(response, "packed", None), name=name)
    response["Content-Length"], response["Content-Encoding"] = str(len(response.content)), "gzip"
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = "W/" + response["ETag"]


def reader_clock(get_response: Handler) -> Handler:
    """Show every time by the clock of the account; a visitor reads by the clock that a new account starts with."""
    default = get_user_model()._meta.get_field("time_zone").default

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(zone(getattr(request.user, "time_zone", default))):
            return get_response(request)

    return middleware


def no_nulls(get_response: Handler) -> Handler:
    """Answer 400 to an address with a NUL: no word of ours holds one, and the database refuses to be asked for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            raise BadRequest("NUL")
        return get_response(request)

    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Forbid any store, the browser's own included, to keep what was made for somebody: phones are shared."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated or _route(request).startswith(_ACCOUNT_ROUTES):
            response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def staff_second_factor(get_response: Handler) -> Handler:
    """Send staff without a second factor to set one up before anything else, and end their sessions eight hours after they began."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request.user, "is_staff", False):
            _end_in_time(request.session)
        return response

    def process_view(request: HttpRequest, *view: Any) -> HttpResponse | None:
        if not _owes_second_factor(request):
            return None
        messages.warning(request, _("Secretariat accounts need a second factor. Add an authenticator app or a passkey to go on."))
        return HttpResponseRedirect(reverse("mfa_index"))

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _owes_second_factor(request: HttpRequest) -> bool:
    """Tell whether this is staff without a second factor on a page of the site other than those that lead to one."""
    if not getattr(request.user, "is_staff", False) or _route(request).startswith(_BEFORE_SECOND_FACTOR):
        return False
    on_the_site = get_language_from_path(request.path_info) is not None or _route(request) in _READ_AS_PERSON
    return on_the_site and not is_mfa_enabled(request.user, _SECOND_FACTORS)


def _end_in_time(session: SessionBase) -> None:
    """Give the session a fixed end, and give it back when something else, such as signing in again, has moved it."""
    end = session.get("staff_until") or (timezone.now() + STAFF_SESSION).isoformat()
    if session.get("_session_expiry") != end:
        session["staff_until"] = end
        session.set_expiry(datetime.fromisoformat(end))


def _route(request: HttpRequest) -> str:
    """Name the route with its room: the admin has pages of the same names as the account's."""
    return (request.resolver_match and request.resolver_match.view_name) or ""
