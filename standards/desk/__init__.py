"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import drafting, rounds

PANELS = (*rounds.PANELS, *drafting.PANELS)

__all__ = ["PANELS"]
