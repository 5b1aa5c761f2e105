"""Addresses of home, search, desk and health; `outside` stands outside the language prefix."""

from django.urls import URLPattern, URLResolver

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
