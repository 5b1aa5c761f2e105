"""What membership announces, to whom, and the facts its words are made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries

from members.models import Application, Group, User
from members.models.texts import told
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.models import Preference, Subscription
from red_mpe.notifications.registry import Item, NotificationType, Topic, register, register_topics


def secretariat(entry: AuditEntry) -> list[int]:
    """Everybody who works in the secretariat, but for who did it."""
    staff = User.objects.filter(is_active=True, is_staff=True, groups__name="secretariat")
    return list(staff.exclude(pk=entry.actor_id).order_by("pk").values_list("pk", flat=True))


def applicant(entry: AuditEntry) -> list[int]:
    """Who sent the application."""
    return [entry.target.applicant_id] if entry.target else []


def is_secretariats(entry: AuditEntry, person: Any) -> bool:
    """Only who still works in the secretariat reads what was written for it."""
    return bool(person.has_perm("members.accept_application"))


def is_applicants(entry: AuditEntry, person: Any) -> bool:
    """Only the applicant reads the answer."""
    return bool(entry.target and entry.target.applicant_id == person.pk)


def describe_received(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The applications as the secretariat reads them: where to answer, who asks."""
    return {
        entry.pk: {
            "url": reverse("admin:members_application_change", args=[application.pk]),
            "group": _("Applications to join"),
            "name": application.name,
            "kind": application.get_kind_display(),
            "organisation": application.organisation_name,
            "country": countries.name(application.country),
            "category": application.category.name,
        }
        for entry, application in _applications(entries)
    }


def describe_decided(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The answer as the applicant reads it."""
    return {
        entry.pk: {
            "url": reverse("members:application"),
            "profile_url": reverse("members:my_profile"),
            "group": _("My membership"),
            "name": application.name,
            "organisation": application.organisation_name,
            "reason": application.reason,
        }
        for entry, application in _applications(entries)
    }


def describe_budget(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Whose account looked at unusually many profiles."""
    return {
        entry.pk: {
            "url": reverse("admin:members_user_change", args=[entry.target_id]),
            "group": _("Protection of the directory"),
            "account": entry.target.email if entry.target else "",
            "limit": entry.data["limit"],
        }
        for entry in entries
    }


def _applications(entries: Sequence[AuditEntry]) -> Iterable[tuple[AuditEntry, Application]]:
    found = Application.objects.select_related("category").in_bulk([entry.target_id for entry in entries])
    return [(entry, found[entry.target_id]) for entry in entries if entry.target_id in found]


TYPES = (
    NotificationType(
        key="members.application_received",
        category=Category.SECRETARIAT,
        audience=secretariat,
        describe=describe_received,
        may_see=is_secretariats,
        rank=20,
    ),
    NotificationType(
        key="members.application_accepted",
        category=Category.MEMBERSHIP,
        audience=applicant,
        describe=describe_decided,
        may_see=is_applicants,
        rank=10,
        always=True,
    ),
    NotificationType(
        key="members.application_declined",
        category=Category.MEMBERSHIP,
        audience=applicant,
        describe=describe_decided,
        may_see=is_applicants,
        rank=10,
        always=True,
    ),
    NotificationType(
        key="members.budget_spent",
        category=Category.SECRETARIAT,
        audience=secretariat,
        describe=describe_budget,
        may_see=is_secretariats,
        rank=5,
    ),
)


def group_topics(slugs: Sequence[str], person: Any) -> dict[str, Topic]:
    """Groups that people follow, by slug."""
    found = Group.objects.visible_to(person).filter(slug__in=slugs)
    return {group.slug: Topic(told(group, "name").text, group.get_absolute_url()) for group in found}


def register_types() -> None:
    """Make them known to the road; called once, when the app is ready."""
    register(*TYPES)
    register_topics("group", group_topics)


def reach(key: str, thing: Model) -> dict[str, int]:
    """Return how many people an announcement of `key` about `thing` would reach: at once by mail, in a digest, in the inbox only."""
    kind, entry = registry.get(key), AuditEntry(verb=key, target_id=thing.pk)
    bound = set(kind.binding(entry))
    people = (set(kind.audience(entry)) - set(Subscription.objects.mutes(kind.topics(entry)))) | bound
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    counts = Counter(str(frequency) for frequency in Preference.objects.chosen(active - bound, [kind.category]).values())
    return {
        "at_once": counts["instant"] + len(active & bound),
        "digest": counts["daily"] + counts["weekly"],
        "inbox": counts["none"],
        "all": len(active),
    }
