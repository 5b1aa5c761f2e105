"""Before the final draft: enough rounds, every comment answered in public, every round reported, every acceptance traced."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from red_mpe.core.states import Words, guard
from standards.enums import ACCEPTING, PUBLIC_ANSWERS, AnswerState, CommentState, RoundState
from standards.states.guards.changes import named, rounds_of
from standards.states.looking import once_a_look

#: Answers that need nothing more from the committee; an objection waits for its second answer.
SETTLED = (AnswerState.PUBLISHED, AnswerState.ANSWERED, AnswerState.CLOSED)
#: Comments that are answered: they begin a thread and are not hidden; one withdrawn counts as answered (RE).
ANSWERABLE = Q(parent=None) & ~Q(state=CommentState.HIDDEN)


def synopsis_days(rules: Any, comments: int) -> int:
    """Return how many days after closing the synopsis is due: more where many have spoken."""
    return int(rules.synopsis_days_many if comments > rules.many_comments else rules.synopsis_days)


def _comments(framework: Any) -> Any:
    return apps.get_model("standards", "Comment").objects.filter(consultation__framework=framework)


@dataclass(frozen=True)
class Standing:
    """Comments of one round that begin a thread and stand alike: their state, that of their answer, and how many."""

    round: int
    state: str
    answer: str | None
    count: int

    @property
    def answerable(self) -> bool:
        """Hidden ones are not answered as long as they are hidden."""
        return self.state != CommentState.HIDDEN

    @property
    def waits(self) -> bool:
        """One withdrawn counts as answered."""
        return self.answerable and self.state != CommentState.WITHDRAWN and self.answer not in SETTLED


@once_a_look
def standing_of(framework: Any) -> list[Standing]:
    """Count the comments of a framework that begin a thread, by round, by their state and by that of their answer: one query."""
    rows = _comments(framework).filter(parent=None).order_by().values_list("consultation__number", "state", "answer__state")
    return [Standing(*row) for row in rows.annotate(count=Count("pk"))]


@guard(gettext_lazy("Enough rounds were held"), gettext_lazy("Plan another round on the text."), "rounds")
def rounds_were_held(framework: Any) -> Iterable[Words]:
    """As many rounds as the rules ask have closed: of a new framework more than of a revision."""
    rules = framework.rules
    least = rules.rounds_revision if framework.revision_of_id else rules.rounds_new
    held = sum(one.state == RoundState.CLOSED for one in rounds_of(framework))
    if held < least:
        yield _("%(held)s of %(least)s rounds were held.") % {"held": held, "least": least}


@guard(gettext_lazy("No round is announced or open"), gettext_lazy("Wait until the round has closed by itself."), "rounds")
def no_round_is_live(framework: Any) -> Iterable[Words]:
    """Nobody is cut off: a round that was announced is held."""
    for one in rounds_of(framework):
        if one.state in (RoundState.ANNOUNCED, RoundState.OPEN):
            yield _("Round %(number)s of this framework is announced or open.") % {"number": one.number}


@guard(gettext_lazy("Every comment has a public answer"), gettext_lazy("Answer, validate and publish."), "answers")
def comments_are_answered(framework: Any) -> Iterable[Words]:
    """Late comments too; whoever withdrew theirs is not waited for."""
    open_now: Counter[int] = Counter()
    for one in standing_of(framework):
        if one.waits:
            open_now[one.round] += one.count
    for number, count in sorted(open_now.items()):
        words = ngettext(
            "Round %(number)s: %(count)s comment without a public answer.",
            "Round %(number)s: %(count)s comments without a public answer.",
            count,
        )
        yield words % {"number": number, "count": count}


def late_synopses(framework: Any) -> Iterable[Words]:
    """Yield the rounds whose synopsis comes, or came, later than the rules ask. It holds nothing up and is told."""
    for row in closed_rounds(framework):
        days = synopsis_days(framework.rules, row.heard)
        if (row.published_at or timezone.now()) - row.closes_at > timedelta(days=days):
            yield _("The synopsis of round %(number)s is later than %(days)s days after the closing.") % {
                "number": row.number,
                "days": days,
            }


def closed_rounds(framework: Any) -> list[Any]:
    """Return the closed rounds with `heard`, how many comments they got, and `published_at` of their synopsis."""
    heard: Counter[int] = Counter()
    for one in standing_of(framework):
        heard[one.round] += one.count
    rows = [one for one in rounds_of(framework) if one.state == RoundState.CLOSED]
    for row in rows:
        row.heard = heard[row.number]
    return rows


@guard(
    gettext_lazy("Every round has its public synopsis"),
    gettext_lazy("Write and publish the synopsis."),
    "synopsis",
    late_synopses,
)
def synopses_are_public(framework: Any) -> Iterable[Words]:
    """Each round that has closed has a synopsis that everybody can read."""
    for row in closed_rounds(framework):
        if row.published_at is None:
            yield _("The synopsis of round %(number)s is not public yet.") % {"number": row.number}


@guard(
    gettext_lazy("Every accepted comment is linked to the clause it changed"),
    gettext_lazy("Link each accepted comment to the clause text that it changed."),
    "answers",
)
def acceptances_are_traced(framework: Any) -> Iterable[Words]:
    """Whoever was told “accepted” can see where; the second answer is the one that holds."""
    second = Q(answer__objection__disposition__in=ACCEPTING)
    first = Q(answer__disposition__in=ACCEPTING) & (Q(answer__objection=None) | Q(answer__objection__disposition=""))
    links = apps.get_model("standards", "AnswerChange").objects.filter(answer__comment=OuterRef("pk"))
    told = _comments(framework).filter(ANSWERABLE, first | second, answer__state__in=PUBLIC_ANSWERS)
    if codes := list(told.exclude(Exists(links)).order_by("pk").values_list("code", flat=True)):
        yield _("Accepted, without the clause that changed: %(codes)s.") % {"codes": named(codes)}
