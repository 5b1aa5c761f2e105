"""Addresses of collections."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import carrying, curating
from publications.views import collections as views

urlpatterns = [
    path(_("collections/"), views.collection_list, name="collection_list"),
    path(_("collections/new/"), curating.collection_new, name="collection_new"),
    path(_("collections/<slug:slug>/"), views.collection_detail, name="collection_detail"),
    path(_("collections/<slug:slug>/memory-stick/"), carrying.collection_usb, name="collection_usb"),
    path(_("collections/<slug:slug>/edit/"), curating.collection_edit, name="collection_edit"),
    path(_("collections/<slug:slug>/add/"), curating.collection_add, name="collection_add"),
    path(_("collections/<slug:slug>/show/"), curating.collection_show, name="collection_show"),
    path(_("collections/<slug:slug>/delete/"), curating.collection_delete, name="collection_delete"),
    path(_("collections/<slug:slug>/<slug:code>/note/"), curating.collection_note, name="collection_note"),
    path(_("collections/<slug:slug>/<slug:code>/move/"), curating.collection_move, name="collection_move"),
    path(_("collections/<slug:slug>/<slug:code>/remove/"), curating.collection_remove, name="collection_remove"),
    path(_("<slug:code>/collect/"), curating.collect, name="collect"),
]
