"""Which works of a list the library has already."""

from collections.abc import Iterable

from django.db import connection, transaction

from publications.models import Identifier

NEAR = 0.8  # likeness of titles from which a row of a list is held for the same work
_SQL = """
SELECT asked.place, found.code
FROM unnest(%s::text[]) WITH ORDINALITY AS asked(title, place)
CROSS JOIN LATERAL (
    SELECT code FROM publications_record
    WHERE core_fold(title_es::text) %% core_fold(asked.title) OR core_fold(title_en::text) %% core_fold(asked.title)
        OR core_fold(title_pt::text) %% core_fold(asked.title)
    ORDER BY id LIMIT 1
) AS found
"""

Pair = tuple[str, str]


def same_identifiers(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """Return for each identifier that the library has the code of its record, in one question."""
    values = {value for _scheme, value in pairs}
    rows = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "record__code")
    return {(scheme, value): code for scheme, value, code in rows}


def near_titles(titles: list[str]) -> dict[str, str]:
    """Return for each title that is much like one of the library the code of that record, in one question to its index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(NEAR)])
        cursor.execute(_SQL, [titles])
        found = {titles[place - 1]: code for place, code in cursor.fetchall()}
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.3', true)")
    return found
