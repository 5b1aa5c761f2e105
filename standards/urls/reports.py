"""Addresses of synopses, letters and the record of a round."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
