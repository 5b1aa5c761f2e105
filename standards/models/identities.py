"""Identity apart (trust.md): who is behind a persona is written here, and no public query joins it."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Group, Organisation
from standards.models.rounds import Consultation

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def random_code() -> str:
    """Return ten letters and digits that tell nothing, without those that are easily confused."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class Persona(models.Model):
    """A voice in one round: one per person and round, with a random id and, once needed, a pseudonym such as `CO-PRO-17`."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="personas")
    code = models.CharField(max_length=10, unique=True, default=random_code, editable=False)
    pseudonym = models.CharField(_("pseudonym"), max_length=24, blank=True)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "pseudonym"], condition=~models.Q(pseudonym=""), name="one_pseudonym_a_round")
        ]

    def __str__(self) -> str:
        return self.code


class PersonaLink(models.Model):
    """Who is behind a persona. Read only to send mail, to know one's own comments, and by the protection officer."""

    persona = models.OneToOneField(Persona, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("link to a person")
        verbose_name_plural = _("links to people")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["consultation", "user"], name="one_persona_a_round")]


class CommentOrigin(models.Model):
    """For whom a comment speaks, as its author said, whatever is shown. No public query joins it."""

    comment = models.OneToOneField("standards.Comment", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("origin of a comment")
        verbose_name_plural = _("origins of comments")
        default_permissions = ()
