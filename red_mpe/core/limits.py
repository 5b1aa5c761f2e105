"""Rate limits per account and address; while the cache is away nobody is locked out."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _


class TooMany(PermissionDenied):
    """Too many acts in a short time; the pages answer with 429 and words."""


def refuse_too_many(request: HttpRequest, act: str, limit: int, seconds: int) -> None:
    """Count one `act` of this account, or of this address for a visitor; raise TooMany beyond `limit` in `seconds`."""
    who = f"u{request.user.pk}" if request.user.is_authenticated else f"a{get_adapter(request).get_client_ip(request)}"
    key = f"limit:{act}:{who}"
    if cache.add(key, 1, seconds):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # it ended between the two
        return
    if count > limit:
        raise TooMany(_("That was very often in a short time. Wait a little and send it again; what you wrote is still in the form."))
