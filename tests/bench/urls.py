"""The site's addresses, and the floor's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from red_mpe.urls import handler400, handler403, handler404, handler429, handler500
from red_mpe.urls import urlpatterns as site
from tests.bench.models import Entry

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

ROWS = 30


def floor(request, number=None):
    """Show thirty rows of one query in a template of about 30 kB: the cheapest honest list."""
    return render(request, "bench/floor.html", {"entries": Entry.objects.order_by("-created_at")[:ROWS]}, using="plain")


def still(request):
    """Return as many bytes that never change: what a request costs before anything is read or rendered."""
    return HttpResponse(b"x" * 30_000)


urlpatterns = [
    path("floor/", floor, name="floor"),
    path("floor/still/", still, name="floor_still"),
    path("floor/<int:number>/", floor, name="floor_entry"),
    *site,
]
