"""Addresses of synopses, letters and the record of a round."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import letters, records, reports

urlpatterns = [
    path(_("<slug:slug>/workspace/reports/"), reports.reports, name="reports"),
    path(_("<slug:slug>/workspace/reports/<int:round>/"), reports.synopsis_write, name="synopsis_write"),
    path(_("<slug:slug>/workspace/reports/<int:round>/draft/"), reports.synopsis_draft, name="synopsis_draft"),
    path(_("<slug:slug>/workspace/reports/<int:round>/publish/"), reports.synopsis_publish, name="synopsis_publish"),
    path(_("<slug:slug>/workspace/reports/<int:round>/clauses/<str:label>/"), reports.synopsis_paragraph, name="synopsis_paragraph"),
    path(_("<slug:slug>/rounds/"), records.rounds, name="rounds"),
    path(_("<slug:slug>/rounds/<int:round>/synopsis/"), records.synopsis, name="synopsis"),
    path(_("<slug:slug>/rounds/<int:round>/synopsis/comments/"), records.synopsis_comments, name="synopsis_comments"),
    path(_("<slug:slug>/rounds/<int:round>/synopsis.pdf"), records.synopsis_pdf, name="synopsis_pdf"),
    path(_("<slug:slug>/rounds/<int:round>/synopsis.xlsx"), records.synopsis_xlsx, name="synopsis_xlsx"),
    path(_("<slug:slug>/rounds/<int:round>/record.zip"), records.record, name="record"),
    path(_("<slug:slug>/rounds/<int:round>/letter/"), letters.letter, name="letter"),
]
