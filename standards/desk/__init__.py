"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import rounds

PANELS = (*rounds.PANELS,)

__all__ = ["PANELS"]
