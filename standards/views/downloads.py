"""Taking a version away as a file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.press import PressError
from red_mpe.notifications.actions.waking import wake
from standards.exports.store import size_kept
from standards.exports.versions import ALL, FORMATS, Format, file_name, write_version
from standards.models import Version
from standards.views.files import file_response
from standards.views.finding import find_version, round_of
from standards.views.frameworks import framework_words

FILES_AN_HOUR = 120
_PREPARED = 3600  # seconds in which nobody wakes the press a second time
_NAMES = dict(settings.LANGUAGES)


@require_safe
@login_not_required
def downloads(request: Request, slug: str, number: str) -> HttpResponse:
    """Every format of a version in every language, with its size once it has been made."""
    version = find_version(request.user, slug, number)
    groups = [{"code": code, "name": name, "files": _files(version, code)} for code, name in settings.LANGUAGES]
    _prepare(version, [file for group in groups for file in group["files"]])
    context = {
        "version": version,
        "framework": version.framework,
        "groups": groups,
        "whole": _files(version, ALL),
        "consultation": round_of(request.user, version),
        **framework_words(version.framework),
    }
    return render(request, "standards/downloads.html", context)


def _files(version: Version, language: str) -> list[dict[str, Any]]:
    place = [version.framework.slug, version.number, language]
    return [
        {
            "name": format.name,
            "purpose": format.purpose,
            "url": reverse("standards:download", args=[*place, format.code]),
            "size": size_kept(sha256=version.sha256, name=f"{language}.{format.code}"),
        }
        for format in FORMATS.values()
        if language in format.languages
    ]


def _prepare(version: Version, files: list[dict[str, Any]]) -> None:
    """Have the files of a frozen version made by a worker, so that who comes next knows their size and need not wait."""
    if version.sha256 and any(file["size"] is None for file in files) and cache.add(f"downloads:{version.sha256}", 1, _PREPARED):
        wake("standards.tasks.prepare_downloads", version.pk)


@require_safe
@login_not_required
def download(request: Request, slug: str, number: str, language: str, format: str) -> HttpResponse:
    """One file of a version."""
    version = find_version(request.user, slug, number)
    kind = _format(language, format)
    if size_kept(sha256=version.sha256, name=f"{language}.{format}") is None:
        refuse_too_many(request, "download", FILES_AN_HOUR, 3600)  # making one is work
    try:
        data, mark = write_version(version, language=language, format=kind)
    except PressError:
        messages.error(request, _("This file could not be made. The other formats hold the same text."))
        return see_other(reverse("standards:downloads", args=[slug, number]))
    return file_response(request, data, kind=kind.kind, name=file_name(version, language, kind), mark=mark)


def _format(language: str, code: str) -> Format:
    kind = FORMATS.get(code)
    if kind is None or language not in kind.languages:
        raise Http404
    return kind
