"""Addresses of stands."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
