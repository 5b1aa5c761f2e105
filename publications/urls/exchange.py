"""Addresses of citations, imports, and what machines harvest."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
