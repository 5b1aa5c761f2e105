"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import process, rounds

PANELS = (*rounds.PANELS, *process.PANELS)

__all__ = ["PANELS"]
