"""Addresses of collections."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import collections as views

urlpatterns = [
    path(_("collections/"), views.collection_list, name="collection_list"),
    path(_("collections/<slug:slug>/"), views.collection_detail, name="collection_detail"),
]
