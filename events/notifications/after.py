"""What is announced of after."""

from red_mpe.notifications.registry import NotificationType

TYPES: tuple[NotificationType, ...] = ()
