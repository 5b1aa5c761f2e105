"""What happens to a file after it came, in order: scanned, read, made light. Every step may run twice."""

from publications.actions.files.lightening import heavy, lighten_file
from publications.actions.files.reading import read_file, waiting
from publications.actions.files.scanning import scan_file, unscanned

BATCH = 500  # files that one sweep wakes


def look_at_file(pk: int) -> None:
    """Scan and read one file; making it light is woken by the reading."""
    scan_file(pk)
    read_file(pk)


def left_over() -> tuple[list[int], list[int]]:
    """Return the files to be looked at and those to be made light that the broker lost or a dead worker held."""
    looks = [*unscanned().values_list("pk", flat=True)[:BATCH], *waiting().values_list("pk", flat=True)[:BATCH]]
    return list(dict.fromkeys(looks)), list(heavy().values_list("pk", flat=True)[:BATCH])


__all__ = ["left_over", "lighten_file", "look_at_file"]
