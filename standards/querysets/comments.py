"""Readings of comments: what everybody may see of them, and rows ready for threads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django_countries import countries

from members.enums import Audience
from red_mpe.core.locale import COLUMN, column_language, short_day, zone
from red_mpe.core.text import trusted
from standards.enums import PUBLIC_ANSWERS, CommentKind, CommentState, RoundState, ShownAs, Stance
from standards.querysets.access import drafts_of, sees_drafts
from standards.querysets.answers import ANSWER_FIELDS, AnswerRow, add_changes, answer_row

_NAMES = dict(settings.LANGUAGES)
_STANCE_KIND = {Stance.AGREE: "ok", Stance.CHANGES: "wait", Stance.DISAGREE: "no"}


@dataclass(slots=True)
class CommentRow:
    """One comment as everybody sees it. Nothing here tells who is behind a pseudonym or a protected voice."""

    pk: int
    code: str
    url: str
    reply_url: str
    support_url: str
    byline: str
    organisation_url: str
    chamber: str
    chamber_code: str
    kind: str
    stance: str
    stance_kind: str
    body: SafeString
    redline: SafeString
    language: str
    foreign: str  # name of the language the comment was written in, where it is not the reader's
    day: date  # by the round's own clock: shown in the reader's, it would tell the hour to who changes their zone
    late: bool
    state: str
    marker: str  # what stands in place of withdrawn or hidden words
    depth: int
    answering: str  # byline of the comment above, where the indentation stops telling
    support: list[tuple[str, str, int]] = field(default_factory=list)  # chamber code, name, people
    supporters: int = 0
    supported: bool = False
    mine: bool = False
    replies: list["CommentRow"] = field(default_factory=list)
    answer: AnswerRow | None = None  # once it is published

    @property
    def day_words(self) -> str:
        """The day in the reader's language."""
        return _day_words(self.day, get_language() or settings.LANGUAGE_CODE)

    @property
    def support_label(self) -> str:
        """“18 support this”, in words."""
        return ngettext("%(people)s person supports this", "%(people)s people support this", self.supporters) % {"people": self.supporters}


@lru_cache(maxsize=1000)
def _day_words(day: date, language: str) -> str:
    return short_day(day)


#: The order of comments on different clauses. Those of one day are mixed, as their codes are: by the instant, a protected voice would
#: stand between the other words of whoever it is.
BY_DAY: Final = ("consultation", "day", "code")


class CommentQuerySet(models.QuerySet[Any]):
    """Comments. What somebody may see of one is decided here and in `rules`."""

    def visible_to(self, user: Any) -> "CommentQuerySet":
        """Comments of visible rounds. Withdrawn and hidden ones stay as markers: rows leave their words out."""
        if sees_drafts(user):
            return self
        shown = ~Q(consultation__state=RoundState.PLANNED) & Q(consultation__version__public=True, consultation__framework__public=True)
        return self.filter(shown | drafts_of(user, "consultation__framework__"))

    def counted(self) -> "CommentQuerySet":
        """Comments that are neither withdrawn nor hidden."""
        return self.filter(state=CommentState.SENT)

    def coded(self, codes: Iterable[str]) -> "CommentQuerySet":
        """Comments with these public codes, as somebody sent them: the database is not asked for signs that it cannot hold."""
        return self.filter(code__in=[code for code in codes if "\0" not in code])

    def on_days(self, clock: tzinfo) -> "CommentQuerySet":
        """With `day`, on which each was sent by `clock`, for an order by `BY_DAY`."""
        return self.annotate(day=TruncDate("sent_at", tzinfo=clock))

    def for_list(self) -> "CommentQuerySet":
        """With what a row shows; the persona is a random id, never a person."""
        return self.select_related("persona", "chamber", "category", "shown_organisation", "shown_group", "consultation")

    def for_notifications(self) -> "CommentQuerySet":
        """With what a line of mail shows."""
        return self.for_list().select_related("consultation__framework", "clause_text")

    def for_detail(self) -> "CommentQuerySet":
        """With the place it stands in."""
        return self.for_list().select_related(
            "consultation__framework__rules", "consultation__version", "clause_text__version__framework", "clause", "root", "parent"
        )

    def threads(self, persona: Any | None) -> list[CommentRow]:
        """Return the comments as rows in threads, roots in order, replies under them, answers with them: four queries at most."""
        comments = [_light(value) for value in self.order_by("serial").values(*_READ)]
        support, own = _support(comments, persona)
        rows = {comment.pk: comment_row(comment, support.get(comment.pk, []), persona, own) for comment in comments}
        add_changes(row.answer for row in rows.values() if row.answer)
        roots = []
        for comment in comments:
            above = rows.get(comment.parent_id)
            if above is None:
                roots.append(rows[comment.pk])
                continue
            row = rows[comment.pk]
            row.answering = above.byline
            (rows[comment.root_id] if comment.depth > 2 and comment.root_id in rows else above).replies.append(row)
        return roots

    def lines(self) -> list[CommentRow]:
        """Return the comments as rows in the order asked for, each by itself: two queries whatever their number."""
        comments = [_light(value) for value in self.values(*_READ)]
        support, _own = _support(comments, None)
        return [comment_row(comment, support.get(comment.pk, []), None, set()) for comment in comments]


_TRANSLATED = ("chamber__name", "category__name", "shown_group__name")
_READ = (
    *("pk", "code", "parent_id", "root_id", "depth", "kind", "stance", "body_html", "redline_html", "language", "late", "state"),
    *("shown_as", "shown_name", "on_behalf", "country", "hidden_reason", "sent_at", "persona_id", "persona__pseudonym"),
    *("chamber__code", "consultation__time_zone", "shown_organisation__name", "shown_organisation__slug"),
    *("shown_organisation__audience", "shown_group_id", "shown_group__audience"),
    *(f"{name}_{column}" for name in _TRANSLATED for column in COLUMN.values()),
    *("consultation__framework__authentic_language", *ANSWER_FIELDS),
)


class _House(SimpleNamespace):
    """An organisation as far as a row of a thread needs it."""

    def get_absolute_url(self) -> str:
        return reverse("members:organisation_detail", args=[self.slug])


def _light(value: dict[str, Any]) -> SimpleNamespace:
    """Return a comment with what a row needs, without a model for each thing around it: they cost more than the query."""
    wanted = (column_language(), *COLUMN.values())
    names = [next((value[f"{name}_{column}"] for column in wanted if value[f"{name}_{column}"]), "") for name in _TRANSLATED]
    organisation = {name: value[f"shown_organisation__{name}"] for name in ("name", "slug", "audience")}
    return SimpleNamespace(
        **value,
        row_of_answer=answer_row(value) if "answer__pk" in value and value["state"] == CommentState.SENT else None,
        persona=SimpleNamespace(pk=value["persona_id"], pseudonym=value["persona__pseudonym"]),
        consultation=SimpleNamespace(time_zone=value["consultation__time_zone"]),
        chamber=SimpleNamespace(code=value["chamber__code"], name=names[0]),
        category=SimpleNamespace(name=names[1]),
        shown_organisation=_House(**organisation) if organisation["slug"] else None,
        shown_group=SimpleNamespace(name=names[2], audience=value["shown_group__audience"]) if value["shown_group_id"] else None,
    )


def address(name: str, code: str) -> str:
    """Return the address of a comment, or of what can be done with it, in the present language."""
    return code.join(_address(name, get_language() or settings.LANGUAGE_CODE))


@cache
def _address(name: str, language: str) -> tuple[str, str]:
    """Return what stands before and after the code; worked out once, because long threads ask a hundred times."""
    before, _code, after = reverse(f"standards:{name}", args=["CODE"]).partition("CODE")
    return before, after


def _support(comments: Iterable[Any], persona: Any | None) -> tuple[dict[int, list[tuple[str, str, int]]], set[int]]:
    """Return support by chamber for each comment, and the comments that `persona` supports."""
    supports = apps.get_model("standards", "Support").objects
    ids = [comment.pk for comment in comments]
    found: dict[int, list[tuple[str, str, int]]] = {}
    name = Coalesce(NullIf(F(f"chamber__name_{column_language()}"), Value("")), F("chamber__name_es"), output_field=models.CharField())
    rows = (
        supports.filter(comment__in=ids)
        .order_by("chamber__position")
        .values("comment", "chamber__code", name=name)
        .annotate(people=Count("id"))
    )
    for row in rows:
        found.setdefault(row["comment"], []).append((row["chamber__code"].lower(), row["name"], row["people"]))
    own = set(supports.filter(comment__in=ids, persona=persona).values_list("comment", flat=True)) if persona else set()
    return found, own


def comment_row(comment: Any, support: list[tuple[str, str, int]], persona: Any | None, own: set[int]) -> CommentRow:
    """Return one comment as a row; the words of a withdrawn or hidden one never leave this function."""
    shown = comment.state == CommentState.SENT
    organisation = comment.shown_organisation
    return CommentRow(
        pk=comment.pk,
        code=comment.code,
        url=address("comment_detail", comment.code),
        reply_url=address("comment_reply", comment.code),
        support_url=address("comment_support", comment.code),
        byline=byline(comment),
        organisation_url=organisation.get_absolute_url() if organisation and organisation.audience == Audience.PUBLIC else "",
        chamber=comment.chamber.name,
        chamber_code=comment.chamber.code.lower(),
        kind=str(CommentKind(comment.kind).label) if comment.kind else "",
        stance=str(Stance(comment.stance).label) if comment.stance else "",
        stance_kind=_STANCE_KIND.get(comment.stance, ""),
        body=trusted(comment.body_html) if shown else SafeString(""),
        redline=trusted(comment.redline_html) if shown else SafeString(""),
        language=comment.language,
        foreign=_NAMES[comment.language] if comment.language != get_language() else "",
        day=sent_on(comment),
        late=comment.late,
        state=comment.state,
        marker=marker(comment),
        depth=comment.depth,
        answering="",
        support=support,
        supporters=sum(people for *_chamber, people in support),
        supported=comment.pk in own,
        mine=bool(persona and comment.persona_id == persona.pk),
        answer=getattr(comment, "row_of_answer", None),
    )


def sent_on(comment: Any) -> date:
    """Return the day on which a comment was sent, the same for every reader."""
    return timezone.localdate(comment.sent_at, zone(comment.consultation.time_zone))


def marker(comment: Any) -> str:
    """Return what stands in place of a withdrawn or hidden comment's words."""
    if comment.state == CommentState.WITHDRAWN:
        return _("Its author has withdrawn this comment.")
    if comment.state == CommentState.HIDDEN:
        return _("Hidden by moderation: %(reason)s") % {"reason": comment.hidden_reason}
    return ""


def byline(comment: Any) -> str:
    """Return how the author is shown to everybody: from what the comment itself carries, never from the person behind it."""
    if comment.shown_as == ShownAs.PROTECTED:
        return _("Protected voice")
    if comment.shown_as == ShownAs.PSEUDONYM:
        return pgettext("pseudonym", "Participant %(code)s") % {"code": comment.persona.pseudonym}
    speaker = comment.shown_organisation or comment.shown_group
    who = speaker.name if speaker and speaker.audience == Audience.PUBLIC else ""  # one that hides is named to nobody
    if comment.shown_as == ShownAs.NAME:
        return _("%(name)s, for %(organisation)s") % {"name": comment.shown_name, "organisation": who} if who else comment.shown_name
    country = countries.name(comment.country)
    if not who:
        return f"{comment.category.name}, {country}"
    if comment.on_behalf:
        return f"{who}, {country}"
    return _("Someone from %(organisation)s, %(country)s") % {"organisation": who, "country": country}


def signers(lead: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return who else said the same, folded into `lead` and answered with it: chamber code, name, and code and byline of each.

    Everyone is shown as in their own comment, which stays at its address.
    """
    model = apps.get_model("standards", "Comment")
    folded = model.objects.filter(answer__duplicate_of=lead, answer__folded=True, answer__state__in=PUBLIC_ANSWERS).counted()
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for value in folded.order_by("chamber__position", "serial").values(*_READ):
        comment = _light(value)
        found.setdefault((comment.chamber.code.lower(), comment.chamber.name), []).append((comment.code, byline(comment)))
    return [(code, name, people) for (code, name), people in found.items()]
