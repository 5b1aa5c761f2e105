"""What is announced of registering."""

from red_mpe.notifications.registry import NotificationType

TYPES: tuple[NotificationType, ...] = ()
