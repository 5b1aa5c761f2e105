"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import reports, rounds

PANELS = (*rounds.PANELS, *reports.PANELS)

__all__ = ["PANELS"]
