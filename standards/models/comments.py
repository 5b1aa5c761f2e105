"""Comments of a round, and the support they get."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import Gender
from members.models import Group, Organisation
from red_mpe.core.models import Chamber, StakeholderCategory
from red_mpe.core.validators import WORDS_OF_A_COMMENT, AtMost
from standards.enums import Channel, CommentKind, CommentState, ShownAs, Stance
from standards.models.clauses import Clause, ClauseText
from standards.models.identities import Persona
from standards.models.rounds import Consultation
from standards.querysets import CommentQuerySet

_limit = [AtMost(WORDS_OF_A_COMMENT)]


class Comment(models.Model):
    """What somebody says on a clause text, or in general, inside one round; never deleted.

    `persona` is the voice; what is shown of its author is copied here when the comment is sent and only ever reduced:
    `shown_name`, `shown_organisation`, `shown_group`. Chamber, category, country and gender are copied for the balance.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments", verbose_name=_("round"))
    serial = models.PositiveIntegerField(_("number"), editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    persona = models.ForeignKey(Persona, models.PROTECT, related_name="comments", verbose_name=_("persona"))
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("clause"))
    clause_text = models.ForeignKey(
        ClauseText,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("clause text"),
        help_text=_("Empty: general."),
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("reply to"))
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread", verbose_name=_("thread"))
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=2, choices=CommentKind, blank=True)
    stance = models.CharField(_("stance"), max_length=8, choices=Stance, blank=True)
    body = models.TextField(_("why"), validators=_limit)
    body_html = models.TextField(editable=False)
    proposed = models.TextField(_("proposed wording"), blank=True, validators=_limit)
    redline_html = models.TextField(blank=True, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    shown_as = models.CharField(_("shown as"), max_length=12, choices=ShownAs, default=ShownAs.ORGANISATION)
    shown_name = models.CharField(_("name shown"), max_length=120, blank=True)
    shown_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation shown")
    )
    shown_group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group shown"))
    on_behalf = models.BooleanField(_("on behalf of the organisation or group"), default=False)
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="+", verbose_name=_("chamber"))
    category = models.ForeignKey(StakeholderCategory, models.PROTECT, related_name="+", verbose_name=_("stakeholder category"))
    country = CountryField(_("country"))
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    late = models.BooleanField(_("late"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=CommentState, default=CommentState.SENT)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    sent_at = models.DateTimeField(_("sent"), db_default=Now())

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["consultation", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "serial"], name="one_comment_a_number"),
            models.CheckConstraint(
                condition=Q(parent=None, root=None, depth=0) | Q(parent__isnull=False, root__isnull=False), name="reply_has_a_root"
            ),
            models.CheckConstraint(condition=Q(parent__isnull=False) | ~Q(kind=""), name="comment_has_a_kind"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | ~Q(kind__in=[CommentKind.TECHNICAL, CommentKind.EDITORIAL]) | ~Q(proposed=""),
                name="technical_and_editorial_propose",
            ),
            models.CheckConstraint(
                condition=Q(clause=None, clause_text=None) | Q(clause__isnull=False, clause_text__isnull=False),
                name="clause_goes_with_its_text",
            ),
            models.CheckConstraint(condition=~Q(state=CommentState.HIDDEN) | ~Q(hidden_reason=""), name="hiding_gives_a_reason"),
            models.CheckConstraint(condition=Q(shown_as=ShownAs.NAME) | Q(shown_name=""), name="name_only_where_shown"),
            models.CheckConstraint(
                condition=Q(shown_as__in=[ShownAs.NAME, ShownAs.ORGANISATION]) | Q(shown_organisation=None, shown_group=None),
                name="organisation_only_where_shown",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "clause", "root", "serial"]),
            models.Index(fields=["clause_text"], name="comments_standing", condition=Q(state=CommentState.SENT)),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("standards:comment_detail", args=[self.code])


class Support(models.Model):
    """“I agree” with a comment, one per persona; shown by chamber, never as a vote."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="supports", verbose_name=_("comment"))
    persona = models.ForeignKey(Persona, models.PROTECT, related_name="supports", verbose_name=_("persona"))
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="+", verbose_name=_("chamber"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        constraints = [models.UniqueConstraint(fields=["comment", "persona"], name="one_support_a_persona")]
