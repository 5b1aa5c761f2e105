"""Words that must not be lost: drafts on the device, and what was sent when the session had ended already.

A form of the workspace carries a signed mark of whom it was given to. When it comes back without a session, its fields wait in the
visitor's new session, which goes on through signing in; they are given back to the same account and to nobody else. No script is needed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import salted_hmac

from red_mpe.core.http import MemberRequest

View = Callable[..., HttpResponse]
_SALT: Final = "standards.words"
_KEPT: Final = "kept_words"
_LEFT_OUT: Final = ("csrfmiddlewaretoken", "owner")
_DAY: Final = 86_400  # seconds: a form older than that is asked for again
_MOST: Final = 3  # forms that wait in one session


def keeps_words(view: View) -> View:
    """Ask for signing in as everywhere, but let what was sent with an old session wait until then."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _park(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def owner_mark(request: MemberRequest) -> str:
    """Return the mark that says to whom a form was given."""
    return signing.dumps(request.user.pk, salt=_SALT)


def _park(request: HttpRequest) -> None:
    """Let the fields wait, if it was us who gave this form to somebody signed in."""
    try:
        owner = signing.loads(request.POST.get("owner", ""), salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return
    fields = request.POST.copy()
    for name in _LEFT_OUT:
        fields.pop(name, None)
    waiting = request.session.get(_KEPT, {})
    waiting.pop(request.path, None)
    waiting[request.path] = {"owner": owner, "fields": fields.urlencode()}
    request.session[_KEPT] = dict(list(waiting.items())[-_MOST:])


def kept_words(request: MemberRequest) -> QueryDict | None:
    """Return what this account had sent to this address when its session had ended, once; None where nothing waits."""
    waiting = request.session.get(_KEPT, {})
    mine = waiting.get(request.path)
    if mine is None:
        return None
    request.session[_KEPT] = {path: kept for path, kept in waiting.items() if path != request.path}
    return QueryDict(mine["fields"]) if mine["owner"] == request.user.pk else None


def sent(request: MemberRequest) -> QueryDict | None:
    """Return what a form of this address is filled with: what is sent now, or what waited for signing in."""
    return request.POST if request.method == "POST" else kept_words(request)


def draft_key(request: MemberRequest) -> str:
    """The name under which this device keeps a draft: its place and a mark of the reader, because phones are shared."""
    match: Any = request.resolver_match
    return f"{salted_hmac('draft', str(request.user.pk)).hexdigest()[:12]}:{match.url_name}:{sorted(match.kwargs.items())}"
