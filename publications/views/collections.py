"""Collections, for readers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publications.models import Collection, CollectionItem


@require_safe
@login_not_required
def collection_list(request: HttpRequest) -> HttpResponse:
    """All collections in their order."""
    return render(request, "publications/collection_list.html", {"collections": Collection.objects.visible_to(request.user)})


@require_safe
@login_not_required
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection with its records."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user), slug=slug)
    items = CollectionItem.objects.visible_to(request.user).filter(collection=collection).select_related("record")
    return render(request, "publications/collection_detail.html", {"collection": collection, "items": items})
