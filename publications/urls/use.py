"""Addresses of figures of use."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import use

urlpatterns = [
    path(_("use/"), use.use_list, name="use_list"),
    path(_("<slug:code>/use/"), use.use_record, name="use_record"),
]
