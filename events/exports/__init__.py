"""Events as files."""

from events.exports.calendars import CONTENT_TYPE, address, calendar_of, location_of

__all__ = ["CONTENT_TYPE", "address", "calendar_of", "location_of"]
