"""What the notifications' road does."""

from red_mpe.notifications.actions.announcing import announce

__all__ = ["announce"]
