"""What is announced of minutes."""

from red_mpe.notifications.registry import NotificationType

TYPES: tuple[NotificationType, ...] = ()
