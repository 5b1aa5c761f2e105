"""Pages of the portal."""

from red_mpe.portal.views.desks import desk
from red_mpe.portal.views.errors import bad_request, csrf_failure, page_not_found, permission_denied, server_error, too_many_requests
from red_mpe.portal.views.health import live, ready
from red_mpe.portal.views.machines import robots, security_txt
from red_mpe.portal.views.pages import home, privacy, root, signed_out
from red_mpe.portal.views.searching import search

__all__ = [
    "bad_request",
    "csrf_failure",
    "desk",
    "home",
    "live",
    "page_not_found",
    "permission_denied",
    "privacy",
    "ready",
    "robots",
    "root",
    "search",
    "security_txt",
    "server_error",
    "signed_out",
    "too_many_requests",
]
