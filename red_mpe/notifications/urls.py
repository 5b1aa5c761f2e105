"""Addresses of inbox and preferences; `outside` stands outside the language prefix."""

from django.urls import URLPattern, URLResolver

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = []
outside: list[URLPattern | URLResolver] = []
