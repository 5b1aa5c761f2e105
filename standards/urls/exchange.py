"""Addresses of the commenting form, in and out."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
