"""Addresses of citations, exports, imports, and what machines harvest."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from publications.views import exchange, harvest, importing

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("import/"), importing.import_records_page, name="import_records"),
    path(_("import/table.csv"), importing.import_template, name="import_template"),
    path(_("export/<slug:format>/"), exchange.library_export, name="library_export"),
    path(_("collections/<slug:slug>/export/<slug:format>/"), exchange.collection_export, name="collection_export"),
    path(_("<slug:code>/cite/"), exchange.record_cite, name="record_cite"),
    path(_("<slug:code>/export/<slug:format>/"), exchange.record_export, name="record_export"),
]
outside: list[URLPattern | URLResolver] = [
    path("r/<slug:code>", exchange.record_address, name="record_address"),
    path("oai", harvest.oai, name="oai"),
]
