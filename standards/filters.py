"""What the queue of answers can be narrowed by: declared fields, and nothing else from the query string."""

from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from red_mpe.core.forms import PlainSelect
from red_mpe.core.locale import zone
from red_mpe.core.models import Chamber, Theme
from standards.enums import AnswerState, CommentKind, Stance
from standards.models import AnswerGroup, Comment, Consultation, Framework
from standards.querysets.comments import BY_DAY
from standards.querysets.queue import name_of, outline_of, supported, to_answer, with_those_below, writers_of

#: How long a comment has waited, in days.
AGES = [("7", _("more than 7 days")), ("30", _("more than 30 days")), ("60", _("more than 60 days"))]
SORTS = [("oldest", _("oldest first")), ("newest", _("newest first")), ("support", _("most supported first"))]
_WAITING = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED)
_LATER = (AnswerState.PUBLISHED, AnswerState.CLOSED)


class QueueFilter(django_filters.FilterSet):
    """The queue of one framework. Without a state it shows what still waits for somebody; without a round, every round."""

    round = django_filters.ChoiceFilter(label=_("round"), method="by_round", empty_label=_("every round"))
    clause = django_filters.ChoiceFilter(label=_("clause and those below"), method="by_clause", empty_label=_("every clause"))
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=CommentKind.choices, empty_label=_("every kind"))
    stance = django_filters.ChoiceFilter(label=_("stance"), choices=Stance.choices, empty_label=_("every stance"))
    chamber = django_filters.ChoiceFilter(label=_("chamber"), field_name="chamber__code", empty_label=_("every chamber"))
    theme = django_filters.ChoiceFilter(label=_("theme"), method="by_theme", empty_label=_("every theme"))
    language = django_filters.ChoiceFilter(label=_("language"), choices=settings.LANGUAGES, empty_label=_("every language"))
    age = django_filters.ChoiceFilter(label=_("waits since"), choices=AGES, method="by_age", empty_label=_("any time"))
    assigned = django_filters.ChoiceFilter(label=_("assigned to"), method="by_assignee", empty_label=_("anybody"))
    group = django_filters.ChoiceFilter(label=_("group"), method="by_group", empty_label=_("every group"))
    sort = django_filters.ChoiceFilter(label=_("order"), choices=SORTS, method="as_is", empty_label=None)

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, framework: Framework, reader: Any) -> None:
        self.framework, self.reader = framework, reader
        super().__init__(data, to_answer(framework))
        for one in self.filters.values():
            one.extra["widget"] = PlainSelect
        self.offers = self._choices()
        for name, choices in self.offers.items():
            self.filters[name].extra["choices"] = choices

    def _choices(self) -> dict[str, list[tuple[str, Any]]]:
        """What each filter offers of this framework, read with one query each."""
        labels = [(text["label"], f"{text['label']} {text['title']}"[:70]) for text in self.outline]
        people = [(str(one.pk), name_of(one)) for one in self.writers]
        return {
            "round": [(str(one.number), str(one.number)) for one in self.rounds],
            "clause": [("general", _("general comments")), *labels],
            "chamber": [(one.code, one.name) for one in Chamber.objects.order_by("position")],
            "theme": [(one.code, one.name) for one in Theme.objects.filter(clause_texts__version__framework=self.framework).distinct()],
            "assigned": [("me", _("me")), ("nobody", _("nobody")), *people],
            "group": [("none", _("in no group")), *((str(one.pk), one.title) for one in self.groups)],
        }

    @cached_property
    def rounds(self) -> list[Consultation]:
        """The framework's rounds, the latest first."""
        return list(Consultation.objects.filter(framework=self.framework).select_related("version__framework").order_by("-number"))

    @cached_property
    def outline(self) -> list[dict[str, Any]]:
        """The clauses of the version on which the chosen round, or the latest one, listens."""
        asked = str((self.data or {}).get("round", ""))
        chosen = next((one for one in self.rounds if str(one.number) == asked), self.rounds[0] if self.rounds else None)
        return outline_of(chosen.version) if chosen else []

    @cached_property
    def writers(self) -> list[Any]:
        """Who may be given an answer."""
        return list(writers_of(self.framework))

    @cached_property
    def groups(self) -> list[AnswerGroup]:
        """The groups of comments."""
        return list(AnswerGroup.objects.filter(consultation__framework=self.framework).order_by("title"))

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What was asked for and exists; unknown terms count as not asked. Where nothing is asked no form is made."""
        if not self.asked:
            return {}
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def asked(self) -> bool:
        """Tell whether anything was asked for, even what does not exist."""
        return any((self.data or {}).get(name) for name in self.filters)

    @property
    def understood(self) -> bool:
        """Tell whether everything that was asked for exists."""
        return not self.asked or bool(self.form.is_valid())

    @cached_property
    def narrowed(self) -> QuerySet[Comment]:
        """The comments under every filter but the state."""
        rows = self.queryset
        for name, value in self.chosen.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    @property
    def state(self) -> str:
        """The chosen tab."""
        asked = str((self.data or {}).get("state", ""))
        return asked if asked in (*AnswerState.values, "folded") else ""

    def listed(self) -> QuerySet[Comment]:
        """The comments of the chosen tab in the chosen order. Near-duplicates stand behind the one that answers for them."""
        rows: Any = self.narrowed
        if self.state == "folded":
            rows = rows.filter(answer__folded=True)
        else:
            rows = rows.exclude(answer__folded=True)
            rows = rows.filter(answer_state=self.state) if self.state else rows.exclude(answer_state__in=_LATER)
        rows = rows.on_days(self.clock)
        if self.chosen.get("sort") == "support":
            return supported(rows).order_by("-people", *BY_DAY)
        first = "-" if self.chosen.get("sort") == "newest" else ""
        return rows.order_by(*(f"{first}{name}" for name in BY_DAY))

    @property
    def clock(self) -> ZoneInfo:
        """The clock by which days are counted."""
        return zone(self.framework.rules.time_zone)

    def by_round(self, rows: Any, name: str, value: str) -> Any:
        """Comments of one round."""
        return rows.filter(consultation__number=value)

    def by_clause(self, rows: Any, name: str, value: str) -> Any:
        """Comments on a clause and on those below it; or those on none."""
        return rows.filter(clause=None) if value == "general" else rows.filter(clause__in=with_those_below(self.outline, value))

    def by_theme(self, rows: Any, name: str, value: str) -> Any:
        """Comments on clauses of a theme."""
        return rows.filter(clause_text__themes__code=value)

    def by_age(self, rows: Any, name: str, value: str) -> Any:
        """Comments sent so many whole days ago that still wait for a second person; counted in days, as hours could tell whose they are."""
        first = datetime.combine(timezone.localdate(timezone=self.clock) - timedelta(days=int(value)), time.min, self.clock)
        return rows.filter(sent_at__lt=first, answer_state__in=_WAITING)

    def by_assignee(self, rows: Any, name: str, value: str) -> Any:
        """Comments given to one person, to the reader, or to nobody."""
        who = {"me": self.reader.pk, "nobody": None}.get(value, value)
        return rows.filter(answer__assignee=who) if who is not None else rows.filter(answer__assignee__isnull=True)

    def by_group(self, rows: Any, name: str, value: str) -> Any:
        """Comments of one group, or of none."""
        return rows.filter(answer__group__isnull=True) if value == "none" else rows.filter(answer__group=value)

    def as_is(self, rows: Any, name: str, value: str) -> Any:
        """The order is no filter."""
        return rows
