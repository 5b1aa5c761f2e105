"""Pages of the notifications' road."""

from red_mpe.notifications.views.inbox import inbox, mark_read
from red_mpe.notifications.views.outside import preferences_by_token, unsubscribe
from red_mpe.notifications.views.preferences import follow, mute, preferences, unfollow

__all__ = ["follow", "inbox", "mark_read", "mute", "preferences", "preferences_by_token", "unfollow", "unsubscribe"]
