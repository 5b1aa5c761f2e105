"""What is announced of rounds and comments."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import User
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.models import Subscription
from red_mpe.notifications.registry import Item, NotificationType, Topic
from standards.enums import OPEN_NAMES, CommentState
from standards.models import Clause, ClauseText, Comment, Consultation, Framework, PersonaLink
from standards.querysets import byline

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def members(entry: AuditEntry) -> Iterable[int]:
    """Every member in good standing."""
    return User.objects.filter(is_active=True, person__state="member").order_by("pk").values_list("pk", flat=True)


def _authors(*personas: int) -> set[int]:
    return set(PersonaLink.objects.filter(persona_id__in=personas).values_list("user_id", flat=True))


def followers_but_author(entry: AuditEntry) -> Iterable[int]:
    """Who follows the framework, the clause or one of its themes; not the author, nor those who get it as a reply.

    Those who are not shown under an open name are told like everybody: the one follower left out would be known as the author.
    """
    comment = Comment.objects.select_related("parent", "root").get(pk=entry.target_id)
    voices = [one for one in (comment, comment.parent, comment.root) if one and one.shown_as in OPEN_NAMES]
    told = [one.persona_id for one in voices]
    return Subscription.objects.followers(comment_topics(entry)).exclude(person__in=_authors(*told))


def answered_authors(entry: AuditEntry) -> Iterable[int]:
    """Who wrote the comment that was answered, and who began the thread; not the one who answers under an open name.

    A hidden one who answers themself is told like anybody: no mail at all would tell that both are one.
    """
    comment = Comment.objects.select_related("parent", "root").get(pk=entry.target_id)
    above = [thing.persona_id for thing in (comment.parent, comment.root) if thing]
    own = [comment.persona_id] if comment.shown_as in OPEN_NAMES else []
    return sorted(_authors(*above) - _authors(*own))


def author(entry: AuditEntry) -> Iterable[int]:
    """Who wrote the comment."""
    return _authors(Comment.objects.get(pk=entry.target_id).persona_id)


def author_and_officers(entry: AuditEntry) -> Iterable[int]:
    """Who wrote the comment whose identity was opened, and the protection officers who did not open it: nobody opens unseen."""
    officers = User.objects.filter(is_active=True, is_staff=True, groups__name="protection").exclude(pk=entry.actor_id)
    return sorted({*author(entry), *officers.values_list("pk", flat=True)})


def round_topics(entry: AuditEntry) -> list[str]:
    """A round belongs to its framework."""
    slug = Consultation.objects.values_list("framework__slug", flat=True).get(pk=entry.target_id)
    return [f"framework:{slug}"]


def comment_topics(entry: AuditEntry) -> list[str]:
    """A comment belongs to its framework, its clause and the clause's themes."""
    columns = ("consultation__framework__slug", "clause__uuid", "clause_text")  # and not the text in three languages
    slug, clause, text = Comment.objects.values_list(*columns).get(pk=entry.target_id)
    topics = [f"framework:{slug}"]
    if clause:
        topics.append(Clause(uuid=clause).topic)
        topics += [f"theme:{code}" for code in Theme.objects.filter(clause_texts=text).values_list("code", flat=True)]
    return topics


def describe_rounds(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Title, version, instants and address of each round."""
    rounds = Consultation.objects.select_related("framework", "version").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _round_item(rounds[entry.target_id], entry) for entry in entries if entry.target_id in rounds}


def _round_item(consultation: Any, entry: AuditEntry) -> Item:
    framework = consultation.framework
    return {
        "url": reverse("standards:framework_detail", args=[framework.slug]),
        "group": framework.title,
        "section": "",
        "framework": framework.title,
        "version": consultation.version.number,
        "round": consultation.number,
        "question": consultation.question,
        "opens_at": consultation.opens_at,
        "closes_at": consultation.closes_at,
        "closes_on": consultation.closes_on,
        "days": entry.data.get("days"),
    }


def describe_comments(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Who is shown, on which clause, the first words and the address of each comment."""
    comments = Comment.objects.for_notifications().in_bulk([entry.target_id for entry in entries])
    return {entry.pk: comment_item(comments[entry.target_id]) for entry in entries if entry.target_id in comments}


def describe_openings(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The comment whose identity was opened, and the reason that was given."""
    told = describe_comments(entries)
    return {entry.pk: told[entry.pk] | {"reason": entry.data["reason"]} for entry in entries if entry.pk in told}


def comment_item(comment: Any) -> Item:
    """Return what mail and inbox may say of a comment: as shown to everybody, never who is behind it."""
    text = comment.clause_text
    return {
        "url": reverse("standards:comment_detail", args=[comment.code]),
        "group": comment.consultation.framework.title,
        "section": f"{text.label} {text.title}".strip() if text else _("General comments"),
        "framework": comment.consultation.framework.title,
        "label": text.label if text else "",
        "code": comment.code,
        "byline": byline(comment),
        "language": comment.language,
        "language_name": dict(settings.LANGUAGES)[comment.language],
        "excerpt": excerpt(comment.body, 280) if comment.state == CommentState.SENT else "",
        "reason": comment.hidden_reason,
    }


def still_shown(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Comments withdrawn or hidden in the meantime are neither shown nor mailed."""
    return _among(Comment.objects.visible_to(person).filter(state=CommentState.SENT), entries)


def round_visible(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Rounds that were taken out of public view are neither shown nor mailed."""
    return _among(Consultation.objects.visible_to(person), entries)


def still_shown_to_all(entries: Sequence[AuditEntry]) -> Iterable[int]:
    """Comments that even a passer-by may read: nobody sees less."""
    return still_shown(entries, AnonymousUser())


def round_visible_to_all(entries: Sequence[AuditEntry]) -> Iterable[int]:
    """Rounds that even a passer-by may read: nobody sees less."""
    return round_visible(entries, AnonymousUser())


def _among(rows: QuerySet[Any], entries: Sequence[AuditEntry]) -> Iterable[int]:
    there = set(rows.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def _round_type(key: str, rank: int) -> NotificationType:
    return NotificationType(
        key=f"standards.round_{key}",
        category=Category.ROUNDS,
        audience=members,
        describe=describe_rounds,
        may_see_many=round_visible,
        all_may_see=round_visible_to_all,
        topics=round_topics,
        mail_class=MailClass.BROADCAST,
        rank=rank,
    )


def _comment_type(
    key: str, category: Category, audience: Callable[[AuditEntry], Iterable[int]], rank: int, **more: Any
) -> NotificationType:
    return NotificationType(
        key=f"standards.{key}",
        category=category,
        audience=audience,
        rank=rank,
        **{"describe": describe_comments, "may_see_many": still_shown, "topics": comment_topics, **more},
    )


TYPES = (
    _round_type("closing", 10),
    _round_type("opened", 11),
    _round_type("announced", 12),
    _round_type("closed", 13),
    _comment_type("comment_hidden", Category.MODERATION, author, 20, may_see_many=None, always=True, topics=lambda entry: []),
    _comment_type(
        "identity_opened",
        Category.MODERATION,
        author_and_officers,
        5,
        describe=describe_openings,
        may_see_many=None,
        always=True,
        topics=lambda entry: [],
    ),
    _comment_type("reply_sent", Category.REPLIES, answered_authors, 30, all_may_see=still_shown_to_all),
    _comment_type("comment_sent", Category.CLAUSES, followers_but_author, 40, all_may_see=still_shown_to_all),
)


def framework_topics(slugs: Sequence[str], person: Any) -> dict[str, Topic]:
    """Frameworks that people follow, by slug."""
    found = Framework.objects.visible_to(person).filter(slug__in=slugs)
    return {framework.slug: Topic(framework.title, framework.get_absolute_url()) for framework in found}


def clause_topics(uuids: Sequence[str], person: Any) -> dict[str, Topic]:
    """Clauses that people follow, by uuid, with the words of the newest version the person may see."""
    valid = [value for value in uuids if _UUID.fullmatch(value)]
    texts = ClauseText.objects.visible_to(person).filter(clause__uuid__in=valid).select_related("clause", "version__framework")
    return {
        str(text.clause.uuid): Topic(
            f"{text.version.framework.title} · {text}",
            reverse("standards:clause_detail", args=[text.version.framework.slug, text.version.number, text.label]),
        )
        for text in texts.order_by("version_id")
    }


def theme_topics(codes: Sequence[str], person: Any) -> dict[str, Topic]:
    """Themes that people follow, by code."""
    return {theme.code: Topic(theme.name, reverse("standards:framework_list")) for theme in Theme.objects.filter(code__in=codes)}


TOPICS = {"framework": framework_topics, "clause": clause_topics, "theme": theme_topics}
