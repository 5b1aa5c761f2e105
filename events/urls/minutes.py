"""Addresses of minutes: reading, writing, across the meetings of a group; and of one's own tasks."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import minutes, minutes_editing, minutes_group, minutes_moves, tasks

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("event/<slug:slug>/minutes/"), minutes.minutes, name="minutes"),
    path(_("event/<slug:slug>/minutes/pdf/"), minutes.minutes_pdf, name="minutes_pdf"),
    path(_("event/<slug:slug>/minutes/start/"), minutes.minutes_start, name="minutes_start"),
    path(_("event/<slug:slug>/minutes/edit/"), minutes_editing.minutes_edit, name="minutes_edit"),
    path(_("event/<slug:slug>/minutes/opening/"), minutes_editing.minutes_opening, name="minutes_opening"),
    path(_("event/<slug:slug>/minutes/present/"), minutes_editing.minutes_present, name="minutes_present"),
    path(_("event/<slug:slug>/minutes/items/"), minutes_editing.minutes_item_add, name="minutes_item_add"),
    path(_("event/<slug:slug>/minutes/items/<int:item>/"), minutes_editing.minutes_item, name="minutes_item"),
    path(_("event/<slug:slug>/minutes/items/<int:item>/remove/"), minutes_editing.minutes_item_remove, name="minutes_item_remove"),
    path(_("event/<slug:slug>/minutes/items/<int:item>/move/<slug:way>/"), minutes_editing.minutes_item_move, name="minutes_item_move"),
    path(_("event/<slug:slug>/minutes/items/<int:item>/resolutions/"), minutes_editing.resolution_add, name="resolution_add"),
    path(_("event/<slug:slug>/minutes/items/<int:item>/tasks/"), minutes_editing.task_add, name="task_add"),
    path(_("event/<slug:slug>/minutes/resolutions/<int:pk>/"), minutes_editing.resolution_change, name="resolution_change"),
    path(_("event/<slug:slug>/minutes/resolutions/<int:pk>/remove/"), minutes_editing.resolution_remove, name="resolution_remove"),
    path(_("event/<slug:slug>/minutes/tasks/<slug:code>/"), minutes_editing.task_change, name="task_change"),
    path(_("event/<slug:slug>/minutes/tasks/<slug:code>/remove/"), minutes_editing.task_remove, name="task_remove"),
    path(_("event/<slug:slug>/minutes/move/<slug:move>/"), minutes_moves.minutes_move, name="minutes_move"),
    path(_("group/<slug:slug>/minutes/"), minutes_group.group_minutes, name="group_minutes"),
    path(_("group/<slug:slug>/minutes/download/<slug:format>/"), minutes_group.group_minutes_file, name="group_minutes_file"),
    path(_("my-tasks/"), tasks.my_tasks, name="my_tasks"),
    path(_("my-tasks/<slug:code>/<slug:move>/"), tasks.task_move, name="task_move"),
]
outside: list[URLPattern | URLResolver] = []
