"""Commenting forms: first a plan that anybody can look at, then all its new rows in one transaction, or none."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from members.enums import Audience
from members.models import Organisation, User
from red_mpe.core import audit
from red_mpe.core.permissions import require, require_personally
from red_mpe.notifications.actions import announce
from red_mpe.notifications.models import Subscription
from standards.actions.comments import Draft, name_persona, new_comment, refuse_unless_listening, require_voice
from standards.actions.form_rows import Fate, FormPlan, PlannedRow, plan_rows, said
from standards.actions.identities import Shown, Voice, origin_of, own_persona, persona_for, shown_of
from standards.actions.numbering import number_comments
from standards.enums import OPEN_NAMES, Channel, ShownAs
from standards.models import Comment, CommentOrigin, Consultation, FormSubmission, Persona
from standards.readers.commenting import Form

#: The keys of comments that came in a form are made in this space, of the random voice and the words: the same twice is one.
SPACE = uuid.UUID("6a0c9c52-6b0a-5c0e-9f0b-2d1f8f6f3a51")
_BATCH = 500


@dataclass(frozen=True)
class Written:
    """What became of a form: the codes of the new comments, whether they came late, and the plan that was carried out."""

    codes: list[str]
    late: bool
    plan: FormPlan
    skipped: int = field(default=0)  # rows that somebody else's pressing of the same button had written already


def plan_form(*, form: Form, consultation: Consultation, persona: Persona | None) -> FormPlan:
    """Return what sending `form` would do; nothing is written by making it."""
    return plan_rows(form, consultation, _there(persona))


def plan_own_form(*, actor: User, form: Form, consultation: Consultation) -> FormPlan:
    """The plan of a member's form: what the member has said already in this round is known."""
    return plan_form(form=form, consultation=consultation, persona=own_persona(actor, consultation))


def plan_entered_form(*, form: Form, consultation: Consultation, organisation: Organisation) -> FormPlan:
    """The plan of a form that the secretariat enters for an organisation."""
    submission = _submission(consultation, organisation)
    return plan_form(form=form, consultation=consultation, persona=submission.persona if submission else None)


def send_form(*, actor: User, consultation: Consultation, form: Form, voice: Voice, shown_as: str, language: str) -> Written:
    """Send the new rows of a member's form as their comments, in one transaction. Sent twice it adds nothing.

    Refused as a single comment would be: by non-members, in a round that does not listen, for whom one does not speak for.
    """
    refuse_unless_listening(consultation, None)
    require_personally(actor, "standards.send_comment", consultation)
    require_voice(actor, voice)
    plan = plan_own_form(actor=actor, form=form, consultation=consultation)
    shown = shown_of(actor.member, voice, shown_as)
    ready = _ready(plan, shown, Draft(uuid.uuid4(), "", language, shown_as))

    def persona() -> Persona:
        found = persona_for(actor, consultation)
        if shown_as == ShownAs.PSEUDONYM:
            name_persona(found, shown.chamber.code, shown.country, consultation)
        return found

    with transaction.atomic():
        written = _write(plan, consultation, ready, persona, origin_of(voice))
        _finish(consultation, written, actor=None)
        if shown_as in OPEN_NAMES:
            topics = {comment.clause.topic for comment, _row in ready if comment.clause}
            Subscription.objects.bulk_create([Subscription(person=actor, topic=topic) for topic in topics], ignore_conflicts=True)
    return written


def enter_form(*, actor: User, consultation: Consultation, form: Form, organisation: Organisation, language: str, sha256: str) -> Written:
    """Enter an organisation's form on its behalf: a voice without an account, whose name is shown where the organisation is public.

    Refused by anybody but the secretariat, and in a round that does not listen.
    """
    refuse_unless_listening(consultation, None)
    require(actor, "standards.enter_form", consultation)
    plan = plan_entered_form(form=form, consultation=consultation, organisation=organisation)
    ready = _ready(plan, _shown_organisation(organisation), Draft(uuid.uuid4(), "", language, ShownAs.ORGANISATION))

    def persona() -> Persona:
        found = _submission(consultation, organisation) or FormSubmission(
            consultation=consultation, organisation=organisation, persona=Persona.objects.create(consultation=consultation)
        )
        found.entered_by, found.sha256, found.at = actor, sha256, timezone.now()
        found.save()
        return found.persona

    with transaction.atomic():
        written = _write(plan, consultation, ready, persona, (organisation, None))
        _finish(consultation, written, actor=actor, organisation=organisation.pk)
    return written


def _submission(consultation: Consultation, organisation: Organisation) -> FormSubmission | None:
    found = FormSubmission.objects.select_related("persona").filter(consultation=consultation, organisation=organisation)
    return found.first()


def _shown_organisation(organisation: Organisation) -> Shown:
    public = organisation.audience == Audience.PUBLIC
    return Shown(
        shown_name="",
        shown_organisation=organisation if public else None,
        shown_group=None,
        on_behalf=public,
        chamber=organisation.category.chamber,
        category=organisation.category,
        country=str(organisation.country),
        gender="",
    )


Ready = list[tuple[Comment, PlannedRow]]


def _ready(plan: FormPlan, shown: Shown, draft: Draft) -> Ready:
    """Make the new rows ready before the transaction: rendering and comparing words is what takes long."""
    return [
        (new_comment(plan.consultation, row.text, replace(draft, body=row.body, proposed=row.proposed, kind=row.kind), shown), row)
        for row in plan.rows
        if row.fate == Fate.NEW
    ]


def _write(
    plan: FormPlan,
    consultation: Consultation,
    ready: Ready,
    voice: Callable[[], Persona],
    origin: tuple[Organisation | None, object],
) -> Written:
    """Write what is still new once the round is locked; two who send the same form at once write it once."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    persona = voice()
    there = _there(persona)
    new = [comment for comment, row in ready if row.says not in there]
    for comment in new:
        comment.persona, comment.channel = persona, Channel.FORM
        comment.once = uuid.uuid5(SPACE, "\n".join([persona.code, *map(str, said(comment))]))
    if new:
        number_comments(consultation, new)
    Comment.objects.bulk_create(new, batch_size=_BATCH)
    organisation, group = origin
    origins = [CommentOrigin(comment=comment, organisation=organisation, group=group) for comment in new]
    CommentOrigin.objects.bulk_create(origins, batch_size=_BATCH)
    return Written([comment.code for comment in new], bool(new) and new[0].late, plan, len(ready) - len(new))


def _there(persona: Persona | None) -> set[tuple[object, ...]]:
    """What this voice has said already in the round."""
    if persona is None:
        return set()
    rows: Iterable[Comment] = Comment.objects.filter(persona=persona, parent=None).only("clause_id", "kind", "body", "proposed")
    return {said(comment) for comment in rows}


def _finish(consultation: Consultation, written: Written, *, actor: User | None, **data: int) -> None:
    """Leave the trace, and tell those who follow: once for the whole form, whoever speaks in it."""
    audit.record("standards.form_written", actor=actor, target=consultation, rows=len(written.codes), **data)
    if written.codes:
        clauses = sorted({row.text.clause_id for row in written.plan.rows if row.fate == Fate.NEW and row.text})
        announce("standards.form_received", actor=None, target=consultation, rows=len(written.codes), clauses=clauses)
