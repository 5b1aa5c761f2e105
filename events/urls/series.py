"""Addresses of series."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
