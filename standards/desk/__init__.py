"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import answers, rounds

PANELS = (*rounds.PANELS, *answers.PANELS)

__all__ = ["PANELS"]
