"""Addresses of agendas. What who runs the event changes lies under its own word, so that no session's address is taken."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import agenda, agenda_desk

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("event/<slug:slug>/agenda/"), agenda.agenda, name="agenda"),
    path(_("event/<slug:slug>/agenda/<slug:session>/"), agenda.session_detail, name="session_detail"),
    path(_("event/<slug:slug>/agenda/<slug:session>/mark/"), agenda.session_mark, name="session_mark"),
    path(_("event/<slug:slug>/agenda/<slug:session>/unmark/"), agenda.session_unmark, name="session_unmark"),
    path(_("event/<slug:slug>/edit/agenda/"), agenda_desk.agenda_desk, name="agenda_desk"),
    path(_("event/<slug:slug>/edit/agenda/new/"), agenda_desk.session_add, name="session_add"),
    path(_("event/<slug:slug>/edit/agenda/session/<slug:session>/"), agenda_desk.session_edit, name="session_edit"),
    path(_("event/<slug:slug>/edit/agenda/session/<slug:session>/remove/"), agenda_desk.session_remove, name="session_remove"),
    path(_("event/<slug:slug>/edit/agenda/session/<slug:session>/voices/"), agenda_desk.voice_add, name="voice_add"),
    path(_("event/<slug:slug>/edit/agenda/session/<slug:session>/voices/<int:pk>/remove/"), agenda_desk.voice_remove, name="voice_remove"),
    path(
        _("event/<slug:slug>/edit/agenda/session/<slug:session>/documents/"), agenda_desk.session_document_add, name="session_document_add"
    ),
    path(
        _("event/<slug:slug>/edit/agenda/session/<slug:session>/documents/<slug:code>/remove/"),
        agenda_desk.session_document_remove,
        name="session_document_remove",
    ),
    path(_("event/<slug:slug>/edit/agenda/part/<slug:what>/new/"), agenda_desk.place_add, name="place_add"),
    path(_("event/<slug:slug>/edit/agenda/part/<slug:what>/<int:pk>/"), agenda_desk.place_edit, name="place_edit"),
    path(_("event/<slug:slug>/edit/agenda/part/<slug:what>/<int:pk>/remove/"), agenda_desk.place_remove, name="place_remove"),
]
outside: list[URLPattern | URLResolver] = []
