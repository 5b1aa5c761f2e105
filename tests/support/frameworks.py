"""A framework with clauses and a round, written straight into the tables: for tests that read and do not consult."""

import uuid
from datetime import timedelta

from django.utils import timezone

from standards.enums import PUBLIC_ANSWERS, AnswerState, Level, RoundState, Stage
from standards.models import (
    Answer,
    Clause,
    ClauseText,
    Comment,
    Consultation,
    Framework,
    ParticipationTarget,
    Persona,
    ProcessRules,
    Version,
)


def make_framework(slug="marco", *, public=True, **fields):
    fields.setdefault("title_es", f"Marco {slug}")
    fields.setdefault("title_en", f"Framework {slug}")
    rules = ProcessRules.objects.create()
    return Framework.objects.create(slug=slug, rules=rules, public=public, **{"code": slug.upper()[:12], **fields})


def make_version(framework, number="0.2", *, public=True):
    return Version.objects.create(framework=framework, number=number, public=public)


def make_clause(version, label, **words):
    clause = Clause.objects.create(framework=version.framework)
    place = version.texts.count() + 1
    words.setdefault("title_es", f"Cláusula {label}")
    html = {name.replace("text_", "text_html_"): f"<p>{value}</p>" for name, value in words.items() if name.startswith("text_")}
    return ClauseText.objects.create(version=version, clause=clause, label=label, position=place, level=Level.REQUIREMENT, **words, **html)


def make_round(version, *, state=RoundState.OPEN, days_left=20, targets=None, number=1):
    now = timezone.now()
    last = timezone.localdate() + timedelta(days=days_left)
    if state == RoundState.OPEN:
        Framework.objects.filter(pk=version.framework_id).update(stage=Stage.CONSULTATION)
    consultation = Consultation.objects.create(
        framework=version.framework,
        version=version,
        number=number,
        state=state,
        opens_on=last - timedelta(days=60),
        closes_on=last,
        opens_at=now - timedelta(days=60 - days_left),
        closes_at=now + timedelta(days=days_left + 1),
    )
    for chamber, people in (targets or {}).items():
        ParticipationTarget.objects.create(consultation=consultation, chamber=chamber, people=people)
    return consultation


def make_comment(consultation, category, *, clause_text=None, persona=None, **fields):
    """A comment written straight into the table, under a code that is drawn for none: those are of the first thousand."""
    serial = consultation.comments.count() + 1
    fields.setdefault("code", f"C-{consultation.framework.code}-R{consultation.number}-{90_000 + serial}")
    Consultation.objects.filter(pk=consultation.pk).update(comment_counter=serial)
    return Comment.objects.create(
        consultation=consultation,
        serial=serial,
        once=uuid.uuid4(),
        persona=persona or Persona.objects.create(consultation=consultation),
        clause_text=clause_text,
        clause=clause_text and clause_text.clause,
        category=category,
        chamber=category.chamber,
        **{"kind": "ge", "body": "words", "body_html": "<p>words</p>", "language": "es", "country": "PE", **fields},
    )


def make_answer(comment, *, state=AnswerState.PUBLISHED, **fields):
    open_states = (AnswerState.NEW, AnswerState.ASSIGNED)
    fields.setdefault("disposition", "" if state in open_states else "NO")
    fields.setdefault("published_at", timezone.now() if state in PUBLIC_ANSWERS else None)
    return Answer.objects.create(comment=comment, state=state, **fields)
