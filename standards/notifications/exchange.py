"""What is announced of commenting forms."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.models import Subscription
from red_mpe.notifications.registry import Item, NotificationType
from standards.models import Clause, ClauseText, Consultation
from standards.notifications.consultation import round_visible


def form_topics(entry: AuditEntry) -> list[str]:
    """A form belongs to its framework, and to the clauses and themes that its comments are on."""
    consultation = Consultation.objects.select_related("framework").get(pk=entry.target_id)
    clauses = entry.data["clauses"]
    uuids = Clause.objects.filter(pk__in=clauses).order_by("pk").values_list("uuid", flat=True)
    texts = ClauseText.objects.filter(version=consultation.version_id, clause__in=clauses, themes__isnull=False)
    themes = sorted(set(texts.order_by().values_list("themes__code", flat=True)))
    return [f"framework:{consultation.framework.slug}", *(f"clause:{uuid}" for uuid in uuids), *(f"theme:{code}" for code in themes)]


def form_followers(entry: AuditEntry) -> Iterable[int]:
    """Whoever follows one of them, once; also who sent it: one follower left out would be known as its author."""
    return Subscription.objects.followers(form_topics(entry))


def describe_forms(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """How many comments came, in which round of what."""
    rounds = Consultation.objects.select_related("framework", "version").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(rounds[entry.target_id], entry) for entry in entries if entry.target_id in rounds}


def _item(consultation: Consultation, entry: AuditEntry) -> Item:
    framework = consultation.framework
    return {
        "url": reverse("standards:framework_detail", args=[framework.slug]),
        "group": framework.title,
        "section": "",
        "framework": framework.title,
        "round": consultation.number,
        "rows": entry.data["rows"],
    }


TYPES = (
    NotificationType(
        key="standards.form_received",
        category=Category.CLAUSES,
        audience=form_followers,
        describe=describe_forms,
        may_see_many=round_visible,
        topics=form_topics,
        rank=41,
    ),
)
