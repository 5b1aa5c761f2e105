"""Addresses of the library, a file per area. Words as the second part come before codes of records, which begin with RED-."""

from publications.urls import access, collections, editing, exchange, files, proposing, reading, searching, use

app_name = "publications"
urlpatterns = [
    *searching.urlpatterns,
    *collections.urlpatterns,
    *proposing.urlpatterns,
    *editing.urlpatterns,
    *files.urlpatterns,
    *access.urlpatterns,
    *exchange.urlpatterns,
    *use.urlpatterns,
    *reading.urlpatterns,
]
outside = exchange.outside
