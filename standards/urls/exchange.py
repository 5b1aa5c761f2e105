"""Addresses of the commenting form, in and out."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import commenting

urlpatterns = [
    path(_("<slug:slug>/rounds/<int:round>/form/"), commenting.commenting_form, name="commenting_form"),
    path(_("<slug:slug>/rounds/<int:round>/form/on-behalf/"), commenting.form_on_behalf, name="form_on_behalf"),
    path(_("<slug:slug>/rounds/<int:round>/form/look/<str:token>/"), commenting.form_look, name="form_look"),
    path(_("<slug:slug>/rounds/<int:round>/form/<str:what>/<str:language>/<str:format>/"), commenting.form_file, name="form_file"),
]
