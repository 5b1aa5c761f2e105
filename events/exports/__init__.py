"""Events as files."""

from events.exports.calendars import CONTENT_TYPE, address, calendar_of, location_of
from events.exports.invitations import CARRIERS, enclose, invitation

__all__ = ["CARRIERS", "CONTENT_TYPE", "address", "calendar_of", "enclose", "invitation", "location_of"]
