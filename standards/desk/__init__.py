"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import drafting, reports, rounds

PANELS = (*rounds.PANELS, *drafting.PANELS, *reports.PANELS)

__all__ = ["PANELS"]
