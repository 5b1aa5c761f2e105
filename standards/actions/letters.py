"""The letter that each voice of a round gets once: what they said, what became of it, the words before and after."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from red_mpe.notifications.actions import announce
from standards.enums import PUBLIC_ANSWERS, CommentState
from standards.models import Comment, Consultation, Letter, Persona, PersonaLink, Synopsis

BATCH = 50


def voices_to_write_to(consultation: Consultation) -> Any:
    """Return the personas that have an account, have said something that stands, and have no letter yet."""
    said = Comment.objects.filter(persona=OuterRef("pk"), parent=None, state=CommentState.SENT)
    waiting = Persona.objects.filter(consultation=consultation, letter=None, pk__in=PersonaLink.objects.values("persona"))
    return waiting.filter(Exists(said))


def voices_answered(consultation: Consultation) -> Any:
    """Return those of whose comments each has a public answer: a letter that says “not yet” would be no letter."""
    said = Comment.objects.filter(persona=OuterRef("pk"), parent=None, state=CommentState.SENT)
    return voices_to_write_to(consultation).exclude(Exists(said.exclude(answer__state__in=PUBLIC_ANSWERS)))


def send_letters(*, synopsis: Synopsis) -> int:
    """Send the letters that are due and have not left; return how many. Run twice, at once or after dying, each leaves once.

    The order is that of the personas' random codes: in the order in which they spoke, mails would tell whose they are.
    """
    if synopsis.published_at is None:
        return 0
    due = list(voices_answered(synopsis.consultation).order_by("code").values_list("pk", flat=True))
    return sum(_send(synopsis, due[start : start + BATCH]) for start in range(0, len(due), BATCH))


def _send(synopsis: Synopsis, personas: list[int]) -> int:
    with transaction.atomic():
        taken = set(Persona.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=personas).values_list("pk", flat=True))
        taken -= set(Letter.objects.filter(persona__in=taken).values_list("persona_id", flat=True))
        found = {persona.pk: persona for persona in Persona.objects.filter(pk__in=taken)}
        ordered = [found[pk] for pk in personas if pk in found]
        Letter.objects.bulk_create(Letter(persona=persona, synopsis=synopsis) for persona in ordered)
        for persona in ordered:
            announce("standards.letter_sent", actor=None, target=persona)
    return len(ordered)


def send_due_letters() -> int:
    """Send what is due of every published synopsis: also what a dead worker left, and what was answered later."""
    synopses = Synopsis.objects.published().select_related("consultation")
    return sum(send_letters(synopsis=synopsis) for synopsis in synopses if voices_to_write_to(synopsis.consultation).exists())
