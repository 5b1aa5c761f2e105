"""The numbers of comments: counted as they come, and called in public by numbers that tell nothing of that order."""

from collections.abc import Iterator, Sequence
from random import SystemRandom

from django.db import connection
from django.utils import timezone

from standards.models import Comment, Consultation

MIXED = 1_000  # so many comments, one after the other, share their numbers


def number_comments(consultation: Consultation, comments: Sequence[Comment]) -> None:
    """Give new comments of a round their numbers, their codes and the instant at which they were sent: late after the closing one.

    The serial counts and stays inside. The number in the code is drawn among those of its thousand that are free: numbers in a row would
    tell that a protected voice is the one that spoke just before and after it, as the rows of one form do, or somebody who spoke for an
    hour under their name and later hides one comment of many. A code is given once and never changes. The caller saves the comments in
    the same transaction: until it ends, the locked row of the round keeps everybody else from drawing.
    """
    now, codes = timezone.now(), _codes(consultation, _count(consultation, len(comments)), len(comments))
    for comment, (serial, code) in zip(comments, codes, strict=True):
        comment.serial, comment.code = serial, code
        comment.sent_at, comment.late = now, now >= consultation.closes_at


def _count(consultation: Consultation, count: int) -> int:
    """Count `count` further in the round's own counter and return the first number: the row lock gives each comment its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE standards_consultation SET comment_counter = comment_counter + %s WHERE id = %s RETURNING comment_counter",
            [count, consultation.pk],
        )
        return int(cursor.fetchone()[0]) - count + 1


def _codes(consultation: Consultation, first: int, count: int) -> Iterator[tuple[int, str]]:
    """Yield `count` serials from `first` on, each with a code drawn in its thousand."""
    name, last = f"C-{consultation.framework.code}-R{consultation.number}", first + count - 1
    for start in range((first - 1) // MIXED * MIXED, last, MIXED):
        taken = consultation.comments.filter(serial__gt=start, serial__lte=start + MIXED).order_by().values_list("code", flat=True)
        free = sorted({f"{name}-{number:05}" for number in range(start + 1, start + MIXED + 1)}.difference(taken))
        serials = range(max(first, start + 1), min(last, start + MIXED) + 1)
        yield from zip(serials, SystemRandom().sample(free, len(serials)), strict=True)
