"""Addresses of registering."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
