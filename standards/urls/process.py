"""Addresses of stages, guards and the planning of rounds."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import workspace

urlpatterns = [
    path(_("<slug:slug>/workspace/"), workspace.overview, name="workspace"),
]
