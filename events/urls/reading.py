"""Reading events: lists, months, the page of one; and their calendars."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events import feeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.coming, name="coming"),
    path(_("month/"), views.this_month, name="this_month"),
    path(_("month/<int:year>/<int:month>/"), views.month, name="month"),
    path(_("past/"), views.past, name="past"),
    path(_("new/"), views.event_add, name="event_add"),
    path(_("my-calendar/"), views.my_calendar, name="my_calendar"),
    path(_("my-calendar/renew/"), views.renew_calendar, name="renew_calendar"),
    path(_("my-calendar/close/"), views.revoke_calendar, name="revoke_calendar"),
    path(_("event/<slug:slug>/"), views.event_detail, name="event_detail"),
    path(_("event/<slug:slug>/edit/"), views.event_edit, name="event_edit"),
    path(_("event/<slug:slug>/documents/"), views.event_documents, name="event_documents"),
    path(_("event/<slug:slug>/documents/report/"), views.report_shelve, name="report_shelve"),
    path(_("event/<slug:slug>/documents/<slug:code>/remove/"), views.document_remove, name="document_remove"),
    path(_("event/<slug:slug>/move/<slug:move>/"), views.event_move, name="event_move"),
]
outside: list[URLPattern | URLResolver] = [
    path("calendar.ics", feeds.public_calendar, name="public_calendar"),
    path("calendar.atom", feeds.announced, name="public_feed"),
    path("calendar/group/<slug:slug>.ics", feeds.group_calendar, name="group_calendar"),
    path("calendar/event/<slug:slug>.ics", feeds.event_calendar, name="event_calendar"),
    path("calendar/person/<str:token>.ics", feeds.personal_calendar, name="personal_calendar"),
]
