"""What waits for the secretariat in frameworks, rounds and answers."""

from standards.desk import answers, drafting, process, reports, rounds, versions

PANELS = (*rounds.PANELS, *process.PANELS, *drafting.PANELS, *versions.PANELS, *answers.PANELS, *reports.PANELS)

__all__ = ["PANELS"]
