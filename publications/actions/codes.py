"""Codes of records: RED-00001, RED-00002, … in the order of their making, never given twice."""

from django.db import connection


def next_code() -> str:
    """Return a code that no record has and none will have again, whatever becomes of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('publications_code')")
        row = cursor.fetchone()
    return f"RED-{row[0]:05d}"
