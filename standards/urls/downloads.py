"""Addresses of documents to take away."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import downloads, kits

urlpatterns = [
    path(_("<slug:slug>/downloads/<str:number>/"), downloads.downloads, name="downloads"),
    path(_("<slug:slug>/downloads/<str:number>/<str:language>/<str:format>/"), downloads.download, name="download"),
    path(_("<slug:slug>/rounds/<int:round>/kit/<str:language>/"), kits.kit, name="consultation_kit"),
]
