"""What waits for the secretariat at the end of rounds: synopses that are due, letters that wait for answers."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from standards.actions.synopses import due_on
from standards.enums import CommentState, RoundState, Stage
from standards.models import Comment, Consultation, PersonaLink
from standards.querysets.reports import report_states


def synopses(user: Any) -> Pile | None:
    """Closed rounds without a public synopsis, the one due first on top."""
    if not is_secretariat(user):
        return None
    rows = Consultation.objects.filter(state=RoundState.CLOSED).exclude(synopsis__published_at__isnull=False)
    rows = rows.exclude(framework__stage=Stage.ABANDONED)
    found = report_states(rows.order_by("closes_on"))[:SHOWN]
    return Pile(rows.count(), [_due(row) for row in found])


def _due(row: Any) -> Waiting:
    due = due_on(row, row.comments_told)
    late = due < timezone.localdate()
    return Waiting(_name(row), _address(row), due, _("overdue") if late else _("due"))


def _name(row: Any) -> str:
    return _("%(framework)s, round %(number)s") % {"framework": row.framework, "number": row.number}


def _address(row: Any) -> str:
    return reverse("standards:synopsis_write", args=[row.framework.slug, row.number])


def letters(user: Any) -> Pile | None:
    """Rounds with a public synopsis of which letters wait, because not every comment of the voice is answered. Numbers, no names."""
    if not is_secretariat(user):
        return None
    waiting = Comment.objects.filter(
        state=CommentState.SENT,
        parent=None,
        persona__letter=None,
        persona__in=PersonaLink.objects.values("persona"),
        consultation__synopsis__published_at__isnull=False,
    )
    counts = dict(waiting.order_by().values_list("consultation").annotate(voices=Count("persona", distinct=True)))
    rounds = Consultation.objects.filter(pk__in=counts).select_related("framework").order_by("closes_on")[:SHOWN]
    first = [Waiting(_name(row), _address(row), row.closes_on, str(counts[row.pk])) for row in rounds]
    return Pile(sum(counts.values()), first)


PANELS = (
    DeskPanel("standards.synopses", _("Synopses to publish"), synopses, _("Every closed round has its synopsis."), rank=22),
    DeskPanel("standards.letters", _("Letters that wait for answers"), letters, _("Every letter that can leave has left."), rank=45),
)
