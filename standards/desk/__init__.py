"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import rounds, versions

PANELS = (*rounds.PANELS, *versions.PANELS)

__all__ = ["PANELS"]
