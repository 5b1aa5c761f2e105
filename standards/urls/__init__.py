"""Addresses of frameworks. A word as the second part comes first: version numbers are figures, so that neither hides the other."""

from standards.urls import answers, downloads, drafting, exchange, process, reading, reports, versions

app_name = "standards"
urlpatterns = [
    *process.urlpatterns,
    *drafting.urlpatterns,
    *versions.urlpatterns,
    *answers.urlpatterns,
    *reports.urlpatterns,
    *exchange.urlpatterns,
    *downloads.urlpatterns,
    *reading.urlpatterns,
]
