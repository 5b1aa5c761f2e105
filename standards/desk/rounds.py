"""What waits for the secretariat in the rounds."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from standards.enums import CommentState, RoundState
from standards.models import Comment, Consultation
from standards.querysets.comments import sent_on


def rounds(user: Any) -> Pile | None:
    """Rounds that open or close by themselves, the next instant first."""
    if not is_secretariat(user):
        return None
    rows = Consultation.objects.due_soon()
    first = [
        Waiting(
            _("%(framework)s, round %(number)s") % {"framework": row.framework, "number": row.number},
            row.get_absolute_url(),
            row.closes_on if row.state == RoundState.OPEN else row.opens_on,
            _("closes") if row.state == RoundState.OPEN else _("opens"),
        )
        for row in rows[:SHOWN]
    ]
    return Pile(rows.count(), first, reverse("admin:standards_consultation_changelist"))


def hidden_comments(user: Any) -> Pile | None:
    """Comments of open rounds that moderation has hidden: their authors may complain. The hour could tell who it was."""
    if not is_secretariat(user):
        return None
    rows = Comment.objects.filter(state=CommentState.HIDDEN, consultation__state=RoundState.OPEN).order_by("sent_at")
    first = [Waiting(row.code, row.get_absolute_url(), note=date_format(sent_on(row))) for row in rows.for_list()[:SHOWN]]
    return Pile(rows.count(), first, reverse("admin:standards_comment_changelist") + "?state__exact=hidden")


PANELS = (
    DeskPanel("standards.rounds", _("Rounds"), rounds, _("No round is announced or open."), rank=10),
    DeskPanel("standards.hidden", _("Hidden comments"), hidden_comments, _("No comment of an open round is hidden."), rank=40),
)
