"""Addresses of what members propose."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import proposing as views

urlpatterns = [
    path(_("propose/"), views.record_propose, name="record_propose"),
    path(_("mine/"), views.my_records, name="my_records"),
    path(_("<slug:code>/edit/"), views.record_edit, name="record_edit"),
    path(_("<slug:code>/send/"), views.record_send, name="record_send"),
    path(_("<slug:code>/take-back/"), views.record_take_back, name="record_take_back"),
    path(_("<slug:code>/discard/"), views.record_discard, name="record_discard"),
]
