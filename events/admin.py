"""The secretariat's list of events. They are written and moved on their own pages, where the mail is told beforehand."""

from django.contrib import admin

from events.models import Event
from red_mpe.core.admin import LOOK, TranslatedAdmin


@admin.register(Event)
class EventAdmin(TranslatedAdmin):
    """Events of every state, for looking; “view on site” leads to where they are changed."""

    may = LOOK
    list_display = ("title", "kind", "state", "starts_on", "municipality", "audience")
    list_filter = ("state", "kind", "mode", "audience")
    search_fields = ("slug", "title_es", "title_en", "title_pt")
    date_hierarchy = "starts_on"
    fields = ("title", ("kind", "state"), ("starts_at", "ends_at", "time_zone"), ("mode", "audience"), "summary", "description")
