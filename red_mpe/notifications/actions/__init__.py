"""What the notifications' road does."""

from red_mpe.notifications.actions.announcing import announce
from red_mpe.notifications.actions.choosing import follow, mark_read, mute, set_preferences, stop_mail, unfollow
from red_mpe.notifications.actions.delivering import pump
from red_mpe.notifications.actions.digesting import make_digests
from red_mpe.notifications.actions.handling import abort_mail, release_mail, retry_mail
from red_mpe.notifications.actions.purging import purge_bodies
from red_mpe.notifications.actions.queueing import queue_message
from red_mpe.notifications.actions.spreading import spread, spread_waiting

__all__ = [
    "abort_mail",
    "announce",
    "follow",
    "make_digests",
    "mark_read",
    "mute",
    "pump",
    "purge_bodies",
    "queue_message",
    "release_mail",
    "retry_mail",
    "set_preferences",
    "spread",
    "spread_waiting",
    "stop_mail",
    "unfollow",
]
