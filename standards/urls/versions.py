"""Addresses of versions, their change logs, redlines, histories and errata."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
