"""Answers: what became of each comment, who wrote and who validated it, and what its author said of that."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from red_mpe.core.models import Dated
from red_mpe.core.validators import WORDS_OF_A_COMMENT, AtMost
from standards.enums import PUBLIC_ANSWERS, AnswerState, CarryVerdict, Disposition, TermsSection
from standards.models.clauses import Clause
from standards.models.comments import Comment
from standards.models.frameworks import Framework, Version
from standards.models.rounds import Consultation
from standards.querysets import AnswerQuerySet, AnswerTemplateQuerySet

_limit = [AtMost(WORDS_OF_A_COMMENT)]
_OPEN = [AnswerState.NEW, AnswerState.ASSIGNED]


def _account(label: Any, name: str = "+") -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name=name, verbose_name=label)


class AnswerGroup(Dated):
    """Comments of one round that say something alike and are answered together; each keeps its own code."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answer_groups", verbose_name=_("round"))
    title = models.CharField(_("title"), max_length=160)
    made_by = _account(_("made by"))

    class Meta:
        verbose_name = _("group of comments")
        verbose_name_plural = _("groups of comments")
        ordering = ["consultation", "id"]


class AnswerTemplate(Dated):
    """Words that are often needed in answers, offered while one writes; a framework's own, or everybody's."""

    framework = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="answer_templates", verbose_name=_("framework")
    )
    title = models.CharField(_("title"), max_length=120)
    disposition = models.CharField(_("answer"), max_length=2, choices=Disposition, blank=True)
    reason = models.TextField(_("reason"), validators=_limit)

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of an answer")
        verbose_name_plural = _("templates of answers")
        ordering = ["id"]


class Answer(Dated):
    """What became of a comment (process.md). It exists from the first act on it; a comment without one is new.

    Only comments that begin a thread are answered: replies are conversation. `revision` counts savings, so that nobody
    overwrites another's words without seeing them. `folded` marks a near-duplicate that is answered with `duplicate_of`.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="answer", verbose_name=_("comment"))
    state = models.CharField(_("state"), max_length=10, choices=AnswerState, default=AnswerState.NEW)
    assignee = _account(_("assigned to"), "assigned_answers")
    group = models.ForeignKey(AnswerGroup, models.SET_NULL, null=True, blank=True, related_name="answers", verbose_name=_("group"))
    disposition = models.CharField(_("answer"), max_length=2, choices=Disposition, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=_limit)
    duplicate_of = models.ForeignKey(
        Comment, models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("resolved in")
    )
    folded = models.BooleanField(_("near-duplicate"), default=False)
    terms_section = models.CharField(_("section of the terms of reference"), max_length=16, choices=TermsSection, blank=True)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    written_by = _account(_("written by"))
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    validated_by = _account(_("validated by"))
    validated_at = models.DateTimeField(_("validated"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_OPEN) | ~Q(disposition=""), name="answer_says_what_became"),
            models.CheckConstraint(
                condition=Q(validated_by=None) | Q(written_by=None) | ~Q(validated_by=F("written_by")), name="two_people_answer"
            ),
            models.CheckConstraint(condition=~Q(state__in=PUBLIC_ANSWERS) | Q(published_at__isnull=False), name="public_answer_has_a_date"),
            models.CheckConstraint(
                condition=~Q(disposition=Disposition.DUPLICATE) | Q(duplicate_of__isnull=False), name="duplicate_names_the_other"
            ),
            models.CheckConstraint(condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("comment")), name="no_duplicate_of_itself"),
        ]
        indexes = [models.Index(fields=["state", "comment"]), models.Index(fields=["published_at"])]


class AnswerChange(models.Model):
    """The clause of a version whose text an accepted comment changed; the clause may have been retired by it."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="changes", verbose_name=_("answer"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="answer_changes", verbose_name=_("clause"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="answer_changes", verbose_name=_("version"))

    class Meta:
        verbose_name = _("change made by an answer")
        verbose_name_plural = _("changes made by answers")
        constraints = [models.UniqueConstraint(fields=["answer", "clause", "version"], name="one_link_a_change")]


class AnswerNote(models.Model):
    """An internal note of the committee on a comment; never public."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="notes", verbose_name=_("answer"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    body = models.TextField(_("note"), validators=_limit)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["id"]


class AnswerObjection(models.Model):
    """The author's single objection to an answer, and the second answer, given by another person."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="objection", verbose_name=_("answer"))
    body = models.TextField(_("objection"), validators=_limit)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("when"), db_default=Now())
    disposition = models.CharField(_("second answer"), max_length=2, choices=Disposition, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=_limit)
    answered_by = _account(_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection to an answer")
        verbose_name_plural = _("objections to answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, disposition="") | (Q(answered_at__isnull=False) & ~Q(disposition="")),
                name="second_answer_is_whole",
            )
        ]


class CarryForward(Dated):
    """What a new version means for one comment on the version before; decided by a person, one line a comment and version."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="carried", verbose_name=_("comment"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="carried", verbose_name=_("version"))
    verdict = models.CharField(_("what it means"), max_length=10, choices=CarryVerdict)
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="carried", verbose_name=_("clause on which it stands now")
    )
    decided_by = _account(_("decided by"))

    class Meta:
        verbose_name = _("carried comment")
        verbose_name_plural = _("carried comments")
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="one_verdict_a_version")]
