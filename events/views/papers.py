"""Answers that are PDF documents."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from red_mpe.core.http import see_other
from red_mpe.core.press import PressError


def paper(request: HttpRequest, make: Callable[[], bytes], name: str, back: str) -> HttpResponse:
    """Answer with the PDF that `make` gives, to be saved under `name`; where it cannot be made, say so on the page at `back`."""
    try:
        data = make()
    except PressError:
        messages.error(request, _("The file could not be made right now. Try again in a moment."))
        return see_other(back)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
