"""Applications to join."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import ApplicationKind, ApplicationState, Gender
from members.models.organisations import Organisation
from members.querysets import ApplicationQuerySet
from red_mpe.core.models import Dated, StakeholderCategory, Theme
from red_mpe.core.validators import AtMost


class Application(Dated):
    """Somebody asks to join, alone or as the first person of an organisation; the secretariat answers with words."""

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications", verbose_name=_("account"))
    once = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("who joins"), max_length=12, choices=ApplicationKind)
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState, default=ApplicationState.SENT)
    name = models.CharField(_("name"), max_length=120)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    country = CountryField(_("country"))
    category = models.ForeignKey(StakeholderCategory, models.PROTECT, related_name="+", verbose_name=_("stakeholder category"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    motivation = models.TextField(_("why you want to join"), validators=[AtMost(3000)])
    member_organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation you belong to"),
        help_text=_("If it is already a member of the network."),
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=160, blank=True)
    organisation_acronym = models.CharField(_("acronym"), max_length=24, blank=True)
    organisation_website = models.URLField(_("web site"), blank=True)
    organisation_description = models.TextField(_("what the organisation does"), blank=True, validators=[AtMost(1500)])
    role = models.CharField(_("your role in the organisation"), max_length=120, blank=True)
    reason = models.TextField(_("reason given to the applicant"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to join")
        verbose_name_plural = _("applications to join")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["applicant"], condition=Q(state=ApplicationState.SENT), name="one_waiting_application"),
            models.CheckConstraint(
                condition=~Q(kind=ApplicationKind.ORGANISATION) | ~Q(organisation_name=""), name="organisation_application_has_a_name"
            ),
            models.CheckConstraint(condition=~Q(state=ApplicationState.DECLINED) | ~Q(reason=""), name="declining_gives_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name
