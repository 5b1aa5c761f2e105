"""Addresses of the meetings of a group, and of the quorum of one."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import quorum, series

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("group/<slug:slug>/meetings/"), series.series_detail, name="series_detail"),
    path(_("group/<slug:slug>/meetings/rhythm/"), series.series_edit, name="series_edit"),
    path(_("group/<slug:slug>/meetings/call/"), series.series_call, name="series_call"),
    path(_("group/<slug:slug>/meetings/leave-out/"), series.series_skip, name="series_skip"),
    path(_("group/<slug:slug>/meetings/take-in/"), series.series_unskip, name="series_unskip"),
    path(_("group/<slug:slug>/meetings/stop/"), series.series_stop, name="series_stop"),
    path(_("event/<slug:slug>/quorum/"), quorum.quorum, name="quorum"),
    path(_("event/<slug:slug>/quorum/present/"), quorum.quorum_present, name="quorum_present"),
]
outside: list[URLPattern | URLResolver] = []
