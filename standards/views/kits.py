"""The consultation kit of a round, to print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.locale import COLUMN
from red_mpe.core.press import PressError
from standards.exports.kits import kit_name, write_kit
from standards.exports.store import size_kept
from standards.views.downloads import FILES_AN_HOUR
from standards.views.files import file_response
from standards.views.finding import find_round


@require_safe
@login_not_required
def kit(request: Request, slug: str, round: int, language: str) -> HttpResponse:
    """The kit of a round that has been announced, in one language."""
    consultation = find_round(request.user, slug, round)
    if language not in COLUMN or consultation.state == "planned":
        raise Http404
    version = consultation.version
    if size_kept(sha256=version.sha256, name=kit_name(consultation, language)) is None:
        refuse_too_many(request, "download", FILES_AN_HOUR, 3600)
    try:
        data, mark = write_kit(consultation, language=language)
    except PressError:
        messages.error(request, _("This file could not be made. The other formats hold the same text."))
        return see_other(reverse("standards:downloads", args=[slug, version.number]))
    return file_response(request, data, kind="application/pdf", name=kit_name(consultation, language), mark=mark)
