"""Answering with a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def file_response(request: HttpRequest, data: bytes, *, kind: str, name: str, mark: str = "") -> HttpResponse:
    """Answer with a file to keep: never shown in the page's own place, never guessed at. With a mark, 304 to who has it already."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    if not mark:
        return response
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "no-cache"  # kept by the browser, asked for again each time: a draft may close, a title may change
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
