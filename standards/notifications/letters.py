"""What is announced at the end of a round: its synopsis to many, a letter to each voice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from red_mpe.core.models import AuditEntry
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.models import Subscription
from red_mpe.notifications.registry import Item, NotificationType
from standards.models import Comment, Consultation, Persona, PersonaLink, Synopsis
from standards.querysets.reports import Changed, Reported, in_order, report

IN_A_MAIL = 8  # comments; the page has them all
SAID, REASON, WORDS = 400, 600, 1200  # characters of each in a mail


def taking_part(entry: AuditEntry) -> Iterable[int]:
    """Who follows the framework, and every account that spoke in the round: to each of them alone, so that none learns of another."""
    consultation = Synopsis.objects.values_list("consultation", flat=True).get(pk=entry.target_id)
    spoke = PersonaLink.objects.filter(consultation=consultation).values_list("user_id", flat=True)
    return sorted({*Subscription.objects.followers(synopsis_topics(entry)), *spoke})


def synopsis_topics(entry: AuditEntry) -> list[str]:
    """A synopsis belongs to its framework."""
    slug = Synopsis.objects.values_list("consultation__framework__slug", flat=True).get(pk=entry.target_id)
    return [f"framework:{slug}"]


def describe_synopses(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The framework, the round and the address of the synopsis."""
    synopses = Synopsis.objects.select_related("consultation__framework").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _of_round(synopses[entry.target_id].consultation, "synopsis") for entry in entries if entry.target_id in synopses}


def _of_round(consultation: Any, route: str) -> Item:
    framework = consultation.framework
    return {
        "url": reverse(f"standards:{route}", args=[framework.slug, consultation.number]),
        "group": framework.title,
        "section": "",
        "framework": framework.title,
        "round": consultation.number,
    }


def synopsis_visible(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Synopses that were taken out of public view are neither shown nor mailed."""
    there = set(Synopsis.objects.visible_to(person).filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def behind(entry: AuditEntry) -> Iterable[int]:
    """The account behind the voice; none behind one that spoke on paper or in an assembly."""
    return PersonaLink.objects.filter(persona=entry.target_id).values_list("user_id", flat=True)


def own_letters(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """A letter is seen by the person behind the voice alone, while the round can be seen."""
    own = PersonaLink.objects.filter(user=person, persona__in=[entry.target_id for entry in entries]).values_list("persona_id", flat=True)
    seen = Persona.objects.filter(pk__in=list(own), consultation__in=Consultation.objects.visible_to(person))
    there = set(seen.values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def describe_letters(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """What each voice said, what became of it and the words before and after, cut to what a mail can hold."""
    ids = [entry.target_id for entry in entries]
    personas = Persona.objects.select_related("consultation__framework").in_bulk(ids)
    said = letter_rows(personas)
    found = [(entry.pk, personas[entry.target_id]) for entry in entries if entry.target_id in personas]
    return {pk: _letter(persona, said[persona.pk]) for pk, persona in found}


def letter_rows(personas: Iterable[int]) -> dict[int, list[Reported]]:
    """Return for each persona what it said and what became of it, in the order of the text; without what was taken back or hidden."""
    comments = Comment.objects.counted().filter(persona__in=list(personas), parent=None)
    found: dict[int, list[Reported]] = defaultdict(list)
    for row in report(in_order(comments)):
        found[row.persona].append(row)
    return found


def _letter(persona: Any, rows: list[Reported]) -> Item:
    more = max(0, len(rows) - IN_A_MAIL)
    words = ngettext("%(count)s more comment is in the letter's page.", "%(count)s more comments are in the letter's page.", more)
    return {
        **_of_round(persona.consultation, "letter"),
        "count": len(rows),
        "comments": [_said(row) for row in rows[:IN_A_MAIL]],
        "more": words % {"count": more} if more else "",
    }


def _said(row: Reported) -> dict[str, Any]:
    outcome = row.outcome
    return {
        "code": row.comment.code,
        "place": f"{row.place} {row.title}".strip() or _("General comments"),
        "language": row.comment.language,
        "said": excerpt(row.body, SAID),
        "outcome": outcome.words if outcome else "",
        "reason": excerpt(outcome.reason, REASON) if outcome else "",
        "reason_language": outcome.lang if outcome else "",
        "other": outcome.other if outcome else "",
        "changes": [_change(change) for change in outcome.changes[:2]] if outcome else [],
    }


def _change(change: Changed) -> dict[str, Any]:
    short = len(change.before) + len(change.after) <= WORDS
    return {
        "label": change.label,
        "number": change.number,
        "language": change.lang,
        "redline": change.redline if short else "",
        "before": excerpt(change.before, WORDS // 2),
        "after": excerpt(change.after, WORDS // 2),
    }


TYPES = (
    NotificationType(
        key="standards.letter_sent",
        category=Category.REPLIES,
        audience=behind,
        describe=describe_letters,
        may_see_many=own_letters,
        rank=15,
    ),
    NotificationType(
        key="standards.synopsis_published",
        category=Category.ROUNDS,
        audience=taking_part,
        describe=describe_synopses,
        may_see_many=synopsis_visible,
        topics=synopsis_topics,
        mail_class=MailClass.BROADCAST,
        tells_who_spoke=True,
        rank=14,
    ),
)
