"""Addresses of stands."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import stands

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("event/<slug:slug>/stands/"), stands.stands, name="stands"),
    path(_("event/<slug:slug>/edit/stands/"), stands.stand_desk, name="stand_desk"),
    path(_("event/<slug:slug>/edit/stands/new/"), stands.stand_add, name="stand_add"),
    path(_("event/<slug:slug>/edit/stands/<uuid:stand>/"), stands.stand_edit, name="stand_edit"),
    path(_("event/<slug:slug>/edit/stands/<uuid:stand>/remove/"), stands.stand_remove, name="stand_remove"),
    path(_("event/<slug:slug>/edit/stands/<uuid:stand>/documents/"), stands.stand_document_add, name="stand_document_add"),
    path(
        _("event/<slug:slug>/edit/stands/<uuid:stand>/documents/<slug:code>/remove/"),
        stands.stand_document_remove,
        name="stand_document_remove",
    ),
]
outside: list[URLPattern | URLResolver] = []
