"""Registering, and one's registrations."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import registering as views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("my-encounters/"), views.my_encounters, name="my_encounters"),
    path(_("event/<slug:slug>/register/"), views.register, name="register"),
    path(_("event/<slug:slug>/registration/<slug:code>/"), views.registration_detail, name="registration_detail"),
    path(_("event/<slug:slug>/registration/<slug:code>/accept/"), views.registration_accept, name="registration_accept"),
    path(_("event/<slug:slug>/registration/<slug:code>/mode/"), views.registration_mode, name="registration_mode"),
    path(_("event/<slug:slug>/registration/<slug:code>/cancel/"), views.registration_cancel, name="registration_cancel"),
    path(_("event/<slug:slug>/registration/<slug:code>/change/"), views.registration_change, name="registration_change"),
    path(_("event/<slug:slug>/registration/<slug:code>/calendar.ics"), views.registration_calendar, name="registration_calendar"),
]
outside: list[URLPattern | URLResolver] = []
