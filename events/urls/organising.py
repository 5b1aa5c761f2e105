"""Addresses of the organisers' desk of an event."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import organising as views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("event/<slug:slug>/registrations/"), views.desk_list, name="desk_list"),
    path(_("event/<slug:slug>/registrations/terms/"), views.desk_terms, name="desk_terms"),
    path(_("event/<slug:slug>/registrations/questions/"), views.desk_questions, name="desk_questions"),
    path(_("event/<slug:slug>/registrations/questions/<int:pk>/"), views.desk_question, name="desk_question"),
    path(_("event/<slug:slug>/registrations/questions/<int:pk>/place/"), views.desk_question_shift, name="desk_question_shift"),
    path(_("event/<slug:slug>/registrations/questions/<int:pk>/remove/"), views.desk_question_remove, name="desk_question_remove"),
    path(_("event/<slug:slug>/registrations/needs/"), views.desk_needs, name="desk_needs"),
    path(_("event/<slug:slug>/registrations/tickets/"), views.desk_tickets, name="desk_tickets"),
    path(_("event/<slug:slug>/registrations/list/"), views.desk_export, name="desk_export"),
    path(_("event/<slug:slug>/registrations/approve/"), views.desk_approve, name="desk_approve"),
    path(_("event/<slug:slug>/registrations/somebody/"), views.desk_add, name="desk_add"),
    path(_("event/<slug:slug>/registrations/number/<slug:code>/"), views.desk_one, name="desk_one"),
    path(_("event/<slug:slug>/registrations/number/<slug:code>/<slug:move>/"), views.desk_move, name="desk_move"),
]
outside: list[URLPattern | URLResolver] = []
