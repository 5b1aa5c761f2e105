"""Addresses of the drafting workspace and the translation queue."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
