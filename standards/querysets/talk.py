"""Which writing of a thread this is: one short question instead of reading everything that stands in it."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

#: Every row from which a thread is made, by transaction and place: whatever road a change comes by, the mark is another one.
#: Beside it, and never in it, what the asking voice wrote and supports.
_THREAD: Final = """SELECT * FROM (
WITH told AS (
    SELECT id, xmin, ctid, code, persona_id, chamber_id, category_id, shown_organisation_id, shown_group_id
    FROM standards_comment WHERE consultation_id = %(round)s AND clause_text_id IS NOT DISTINCT FROM %(text)s
), answered AS (
    SELECT id, xmin, ctid FROM standards_answer WHERE comment_id IN (SELECT id FROM told)
), changed AS (
    SELECT xmin, ctid, clause_id, version_id FROM standards_answerchange WHERE answer_id IN (SELECT id FROM answered)
), held AS (
    SELECT version_id, framework_id, xmin, ctid FROM standards_consultation WHERE id = %(round)s
), marks AS (
    SELECT 'c' AS kind, xmin, ctid FROM told
    UNION ALL SELECT 'a', xmin, ctid FROM answered
    UNION ALL SELECT 'l', xmin, ctid FROM changed
    UNION ALL SELECT 'r', xmin, ctid FROM held
    UNION ALL SELECT 'o', xmin, ctid FROM standards_answerobjection WHERE answer_id IN (SELECT id FROM answered)
    UNION ALL SELECT 's', xmin, ctid FROM standards_support WHERE comment_id IN (SELECT id FROM told)
    UNION ALL SELECT 'p', xmin, ctid FROM standards_persona WHERE id IN (SELECT persona_id FROM told)
    UNION ALL SELECT 'k', xmin, ctid FROM core_stakeholdercategory WHERE id IN (SELECT category_id FROM told)
    UNION ALL SELECT 'h', xmin, ctid FROM core_chamber WHERE id IN (SELECT chamber_id FROM told)
    UNION ALL SELECT 'e', xmin, ctid FROM members_organisation WHERE id IN (SELECT shown_organisation_id FROM told)
    UNION ALL SELECT 'g', xmin, ctid FROM members_group WHERE id IN (SELECT shown_group_id FROM told)
    UNION ALL SELECT 'v', xmin, ctid FROM standards_version WHERE id IN (SELECT version_id FROM changed)
    UNION ALL SELECT 'f', xmin, ctid FROM standards_framework WHERE id IN (SELECT framework_id FROM held)
    UNION ALL SELECT 't', xmin, ctid FROM standards_clausetext WHERE clause_id IN (SELECT clause_id FROM changed)
)
SELECT md5(string_agg(kind || xmin || ctid, ' ' ORDER BY kind, ctid)) AS mark,
    (SELECT count(*) FROM told) AS comments,
    (SELECT array_agg(code) FROM told WHERE persona_id = %(persona)s) AS mine,
    (SELECT array_agg(code) FROM told JOIN standards_support ON comment_id = told.id
        WHERE standards_support.persona_id = %(persona)s) AS supported
FROM marks) AS thread
"""


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a place: its mark, empty where nobody has spoken, and the codes that a voice wrote and supports."""

    mark: str
    mine: frozenset[str]
    supported: frozenset[str]


def thread_of(consultation: Any, text: Any | None, persona: Any | None) -> Thread:
    """Return what names everything that the thread of a place is made of, and what of it is `persona`'s: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_THREAD, {"round": consultation.pk, "text": text and text.pk, "persona": persona and persona.pk})
        mark, comments, mine, supported = cursor.fetchone()
    return Thread(mark if comments else "", frozenset(mine or ()), frozenset(supported or ()))
