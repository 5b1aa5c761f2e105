"""Addresses of the library's pages for readers."""

from django.urls import path

from publications.views import reading as views

urlpatterns = [
    path("", views.library, name="library"),
    path("<slug:code>/", views.record_detail, name="record_detail"),
]
