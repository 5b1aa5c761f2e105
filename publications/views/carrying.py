"""Collections to take away on a memory stick."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.models.texts import told
from publications.exports import shelf, usb
from publications.models import Collection


@require_safe
@login_not_required
def collection_usb(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The edition for a memory stick, or a page that says that it is being built."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user), slug=slug)
    if not usb.outline(collection).records:
        raise Http404
    there = shelf.take(collection)
    if there is None:
        context = {"collection": collection, "title": told(collection, "title")}
        response = render(request, "publications/collections/building.html", context, status=202)
        response["Retry-After"] = "15"
        return response
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(
        there.open("rb"), as_attachment=True, filename=f"red-mpe-{slug}.zip", content_type="application/zip", headers=headers
    )
