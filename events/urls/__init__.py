"""Addresses of events, a file per area; `outside` stands outside the language prefix, where calendars and readers of feeds look."""

from events.urls import after, agenda, day, minutes, organising, reading, registering, series, stands

app_name = "events"
_AREAS = (reading, agenda, stands, registering, organising, series, day, minutes, after)
urlpatterns = [pattern for area in _AREAS for pattern in area.urlpatterns]
outside = [pattern for area in _AREAS for pattern in area.outside]
