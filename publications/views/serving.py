"""Handing out files: allowed at this very moment, whole or in part, to keep and never to run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from publications.actions.files.handing import note_download
from publications.actions.storing import CHUNK, StoreAway, name_of, open_part
from publications.enums import SHARED_ON, Access, Use
from publications.models import File, RemovedFile
from publications.readers.names import split_name
from publications.views.counting import count

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_ENDINGS = {"application/pdf": "pdf", "text/plain": "txt", "image/webp": "webp"}


@dataclass(frozen=True)
class Bytes:
    """What is handed out: where it lies, how long it is, what it is, and what the reader's computer calls it."""

    name: str
    size: int
    media_type: str
    called: str
    public: bool
    inline: bool = False


@require_safe
@login_not_required
def file_download(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One version of one file, as it came."""
    file = _allowed(request, code, number)
    if not isinstance(file, File):
        return file
    public = file.record.access == Access.PUBLIC
    response = hand_out(request, Bytes(name_of(file.sha256), file.size, file.media_type, file.name, public))
    _taken(request, response, file)
    return response


@require_safe
@login_not_required
def file_light(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The light copy of a file, while its licence allows sharing on."""
    file = _allowed(request, code, number)
    if not isinstance(file, File):
        return file
    if not file.light_name or file.record.licence not in SHARED_ON:
        raise Http404
    called = f"{split_name(file.name)[0]}-light.{_ENDINGS[file.light_type]}"
    public = file.record.access == Access.PUBLIC
    response = hand_out(request, Bytes(file.light_name, file.light_size or 0, file.light_type, called, public))
    _taken(request, response, file)
    return response


@require_safe
@login_not_required
def file_thumbnail(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The small picture of the first page: of our own making, so that it may stand in a page."""
    file = _allowed(request, code, number)
    if not isinstance(file, File):
        return file
    if not file.thumbnail:
        raise Http404
    public = file.record.access == Access.PUBLIC
    return hand_out(request, Bytes(file.thumbnail, -1, "image/webp", "thumbnail.webp", public, inline=True))


def _allowed(request: HttpRequest, code: str, number: int) -> File | HttpResponseBase:
    """Return the file when it may be had now; otherwise what to answer. What the reader may not know of is not found."""
    files = File.objects.visible_to(request.user).select_related("record")
    file = files.filter(record__code=code, number=number).first()
    if file is None:
        return _removed(request, code, number)
    if request.user.has_perm("publications.download_file", file) and file.scan_state in File.HARMLESS:
        return file
    if file.record.access == Access.REQUEST and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


def _removed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Tell who may read the record that this file was there, and why it is not any more."""
    removed = get_object_or_404(RemovedFile.objects.select_related("record"), record__code=code, number=number)
    if not request.user.has_perm("publications.view_record", removed.record):
        raise Http404
    return render(request, "publications/files/gone.html", {"record": removed.record, "removed": removed}, status=410)


def _taken(request: HttpRequest, response: HttpResponseBase, file: File) -> None:
    """Write down that a file on request was taken, whatever part of it and once an hour; count the download where it begins."""
    gave = request.method == "GET" and response.status_code in (200, 206)
    if gave and cache.add(f"taken:{request.user.pk}:{file.pk}", 1, 3600):
        note_download(file=file, actor=request.user)
    if _begins(request, response):
        count(request, file.record, Use.DOWNLOAD)


def _begins(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether this is the beginning of a download: what comes in parts is one, and to look is none."""
    wanted = response.get("Content-Range", "bytes 0-")
    return request.method == "GET" and response.status_code in (200, 206) and wanted.startswith("bytes 0-")


def hand_out(request: HttpRequest, what: Bytes) -> HttpResponseBase:
    """Answer with bytes of the store: 200 or 206 and 416, 304 to who has them, 503 while the store is away."""
    mark = f'"{what.name.rpartition("/")[2]}"'
    known = get_conditional_response(request, etag=mark)
    if known is not None:
        return _dressed(known, what, mark)
    wanted = _wanted(request, what.size, mark)
    if wanted is not None and not wanted:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{what.size}"
        return _dressed(refused, what, mark)
    # Compressing would change the length of what was asked for in parts, and most of these files are compressed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        return _dressed(_body(request, what, wanted), what, mark)
    except StoreAway as error:
        away = render(request, "publications/files/away.html", {"message": error}, status=503)
        away["Retry-After"] = "60"
        return away


def _body(request: HttpRequest, what: Bytes, wanted: range | None) -> HttpResponseBase:
    start, length = (wanted.start, len(wanted)) if wanted else (0, what.size)
    status = 206 if wanted else 200
    if settings.LIBRARY_ACCEL and what.size >= 0:
        passed = HttpResponse(content_type=what.media_type)
        passed["X-Accel-Redirect"] = settings.LIBRARY_ACCEL + what.name
        return passed
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=what.media_type, status=status)
    else:
        response = StreamingHttpResponse(Slice(open_part(what.name, start, length), length), content_type=what.media_type, status=status)
    if what.size >= 0:
        response["Content-Length"] = str(length)
    if wanted:
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{what.size}"
    return response


def _dressed(response: HttpResponseBase, what: Bytes, mark: str) -> HttpResponseBase:
    """Add the heads that every answer about a file has."""
    response["ETag"] = mark
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-cache" if what.public else "no-store, private"
    response["Content-Disposition"] = content_disposition_header(not what.inline, what.called) or "inline"
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]
    return response


def _wanted(request: HttpRequest, size: int, mark: str) -> range | None:
    """Return the part that was asked for, an empty one when there is no such part, None for the whole.

    Several parts at once, or of another edition than ours (If-Range), get the whole.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if asked is None or size < 0 or not any(asked.groups()) or request.headers.get("If-Range", mark) != mark:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1 if last else size))


class Slice:
    """The bytes of a part, a piece at a time; closes what it reads from."""

    def __init__(self, source: Any, length: int) -> None:
        self._source, self._left = source, length

    def __iter__(self) -> Iterator[bytes]:
        while self._left:
            piece = self._source.read(CHUNK if self._left < 0 else min(CHUNK, self._left))
            if not piece:
                return
            if self._left > 0:
                self._left -= len(piece)
            yield piece

    def close(self) -> None:
        """Let go of the store."""
        self._source.close()
