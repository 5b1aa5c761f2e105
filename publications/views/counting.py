"""Counting who looks at a record or takes its files."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from publications.actions.counting import count_use
from publications.models import Record


def count(request: HttpRequest, record: Record, kind: str) -> None:
    """Count this visit once a day, without cookies and without following anybody; a HEAD is a machine's."""
    if request.method != "GET":
        return
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # nobody knows where this comes from, which is no reason to refuse the page
        return
    count_use(record=record, kind=kind, user=request.user, address=address, agent=request.headers.get("User-Agent", ""))
