"""Addresses of answers to comments."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
