"""Which writing of a report, a map or a tree this is: one short question instead of reading everything that it tells."""

from typing import Any, Final

from django.db import connection

#: Every row from which the paragraphs of a synopsis are made, by key, transaction and place; in whatever order they are read.
_PARAGRAPHS: Final = """
SELECT bit_xor(hashtextextended(kind || id || ' ' || xmin || ctid, 0)), count(*) FROM (
    SELECT 'c' AS kind, id, xmin, ctid FROM standards_comment WHERE consultation_id = %(round)s AND parent_id IS NULL
    UNION ALL SELECT 'a', a.id, a.xmin, a.ctid FROM standards_answer a
        JOIN standards_comment c ON c.id = a.comment_id WHERE c.consultation_id = %(round)s
    UNION ALL SELECT 'l', l.id, l.xmin, l.ctid FROM standards_answerchange l
        JOIN standards_answer a ON a.id = l.answer_id JOIN standards_comment c ON c.id = a.comment_id WHERE c.consultation_id = %(round)s
    UNION ALL SELECT 'p', id, xmin, ctid FROM standards_synopsisclause WHERE synopsis_id = %(synopsis)s
    UNION ALL SELECT 'v', id, xmin, ctid FROM standards_version WHERE framework_id = %(framework)s
    UNION ALL SELECT 't', t.id, t.xmin, t.ctid FROM standards_clausetext t
        JOIN standards_version v ON v.id = t.version_id WHERE v.framework_id = %(framework)s
    UNION ALL SELECT 'f', id, xmin, ctid FROM standards_framework WHERE id = %(framework)s
) AS rows
""".strip()

#: The same of the map of a round.
_MAP: Final = """
SELECT bit_xor(hashtextextended(kind || id || ' ' || xmin || ctid, 0)), count(*) FROM (
    SELECT 'c' AS kind, id, xmin, ctid FROM standards_comment WHERE consultation_id = %(round)s
    UNION ALL SELECT 'a', a.id, a.xmin, a.ctid FROM standards_answer a
        JOIN standards_comment c ON c.id = a.comment_id WHERE c.consultation_id = %(round)s
    UNION ALL SELECT 's', s.id, s.xmin, s.ctid FROM standards_support s
        JOIN standards_comment c ON c.id = s.comment_id WHERE c.consultation_id = %(round)s
    UNION ALL SELECT 'h', id, xmin, ctid FROM core_chamber
    UNION ALL SELECT 't', id, xmin, ctid FROM standards_clausetext WHERE version_id = %(version)s
    UNION ALL SELECT 'v', id, xmin, ctid FROM standards_version WHERE id = %(version)s
    UNION ALL SELECT 'f', id, xmin, ctid FROM standards_framework WHERE id = %(framework)s
) AS rows
""".strip()


#: The same of the tree of a version that is written.
_TREE: Final = """
SELECT bit_xor(hashtextextended(kind || id || ' ' || xmin || ctid, 0)), count(*) FROM (
    SELECT 't' AS kind, id, xmin, ctid FROM standards_clausetext WHERE version_id = %(version)s
    UNION ALL SELECT 'l', l.id, l.xmin, l.ctid FROM standards_clauselanguage l
        JOIN standards_clausetext t ON t.id = l.clause_text_id WHERE t.version_id = %(version)s
    UNION ALL SELECT 'f', id, xmin, ctid FROM standards_framework WHERE id = %(framework)s
) AS rows
""".strip()


def paragraphs_mark(synopsis: Any) -> str:
    """Name everything that the paragraphs of a synopsis are made of: one query."""
    consultation = synopsis.consultation
    return f"{synopsis.pk}-" + _asked(_PARAGRAPHS, round=consultation.pk, synopsis=synopsis.pk, framework=consultation.framework_id)


def map_mark(consultation: Any) -> str:
    """Name everything that the map of a round is made of, the numbers of the rules among it: one query."""
    places = {"version": consultation.version_id, "framework": consultation.framework_id}
    smallest = consultation.framework.rules.small_cell
    return f"{consultation.pk}-{smallest}-" + _asked(_MAP, round=consultation.pk, **places)


def tree_mark(version: Any) -> str:
    """Name everything that the tree of a version is made of: one query."""
    return f"{version.pk}-" + _asked(_TREE, version=version.pk, framework=version.framework_id)


def _asked(question: str, **places: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question, places)
        mark, count = cursor.fetchone()
    return f"{count}-{mark}"
