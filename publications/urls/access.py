"""Addresses of requests for access."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import answering, asking

urlpatterns = [
    path(_("requests/"), answering.access_list, name="access_list"),
    path(_("requests/<int:pk>/"), answering.access_answer, name="access_answer"),
    path(_("requests/<int:pk>/<slug:move>/"), answering.access_move, name="access_move"),
    path(_("<slug:code>/ask/"), asking.access_ask, name="access_ask"),
]
