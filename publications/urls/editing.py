"""Addresses of the editors' work."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import editing as views

urlpatterns = [
    path(_("editing/"), views.record_queue, name="record_queue"),
    path(_("<slug:code>/editing/"), views.record_desk, name="record_desk"),
    path(_("<slug:code>/editing/<slug:move>/"), views.record_move, name="record_move"),
]
