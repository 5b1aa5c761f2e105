"""The day itself: the door, one's own ticket, and what who runs the event sees of it."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import day_desk, day_door, day_own, day_phone

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("event/<slug:slug>/check-in/"), day_door.check_in, name="check_in"),
    path(_("event/<slug:slug>/check-in/one/"), day_door.check_in_one, name="check_in_one"),
    path(_("event/<slug:slug>/check-in/undo/"), day_door.check_in_undo, name="check_in_undo"),
    path(_("event/<slug:slug>/check-in/list/"), day_phone.check_in_list, name="check_in_list"),
    path(_("event/<slug:slug>/check-in/record/"), day_phone.check_in_record, name="check_in_record"),
    path(_("event/<slug:slug>/check-in/worker.js"), day_phone.check_in_worker, name="check_in_worker"),
    path(_("event/<slug:slug>/check-in/ticket/<str:ticket>/"), day_own.check_in_ticket, name="check_in_ticket"),
    path(_("event/<slug:slug>/was-there/"), day_own.was_there, name="was_there"),
    path(_("event/<slug:slug>/was-there/undo/"), day_own.was_there_undo, name="was_there_undo"),
    path(_("event/<slug:slug>/on-the-day/"), day_desk.on_the_day, name="on_the_day"),
    path(_("event/<slug:slug>/on-the-day/present.csv"), day_desk.presence_list, name="presence_list"),
    path(_("event/<slug:slug>/on-the-day/heads/"), day_desk.head_counts, name="head_counts"),
    path(_("event/<slug:slug>/on-the-day/doors/add/"), day_desk.doorkeeper_add, name="doorkeeper_add"),
    path(_("event/<slug:slug>/on-the-day/doors/remove/"), day_desk.doorkeeper_remove, name="doorkeeper_remove"),
]
outside: list[URLPattern | URLResolver] = []
