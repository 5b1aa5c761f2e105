"""Addresses of kept searches and of the feed."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from publications.views import feeding
from publications.views import searching as views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("searches/"), views.saved_searches, name="saved_searches"),
    path(_("searches/keep/"), views.keep_search, name="keep_search"),
    path(_("searches/<int:pk>/change/"), views.change_search, name="change_search"),
    path(_("searches/<int:pk>/delete/"), views.delete_search, name="delete_search"),
    path("atom/", feeding.atom, name="atom"),
]
