"""Words of membership."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a field of a profile."""

    NOBODY = "nobody", _("Only the secretariat")
    MEMBERS = "members", _("Members of the network")
    PUBLIC = "public", _("Everybody")


class Gender(models.TextChoices):
    """As the person says; never shown with the person, counted only in groups of five or more."""

    WOMAN = "f", _("Woman")
    MAN = "m", _("Man")
    OTHER = "x", _("Another")


class Spoken(models.TextChoices):
    """Languages people of the network speak with each other; each under its own name."""

    ES = "es", "Español"
    EN = "en", "English"
    PT = "pt-br", "Português"
    AY = "ay", "Aymar aru"
    CAB = "cab", "Garífuna"
    FR = "fr", "Français"
    GN = "gn", "Avañe'ẽ"
    KEK = "kek", "Q'eqchi'"
    MAM = "mam", "Mam"
    MIQ = "miq", "Miskitu"
    NL = "nl", "Nederlands"
    PBB = "pbb", "Nasa Yuwe"
    QU = "qu", "Runasimi"
    QUC = "quc", "K'iche'"


class PersonState(models.TextChoices):
    """Standing of a member."""

    MEMBER = "member", _("member")
    SUSPENDED = "suspended", _("suspended")


class GroupKind(models.TextChoices):
    """Kinds of group (docs/glossary.md)."""

    WORKING_GROUP = "working-group", _("Working group")
    COMMITTEE = "committee", _("Committee")
    DRIVING_GROUP = "driving-group", _("Driving group")
    COMMUNITY = "community", _("Community of learning and practice")
    MANAGEMENT_COMMITTEE = "management-committee", _("Management committee")
    PME_COMMITTEE = "pme-committee", _("Participatory monitoring and evaluation committee")
    CONSORTIUM = "consortium", _("Consortium")


class Cadence(models.TextChoices):
    """How often a group meets."""

    MONTHLY = "monthly", _("Monthly")
    EVERY_TWO_MONTHS = "every-two-months", _("Every two months")
    QUARTERLY = "quarterly", _("Quarterly")
    AS_NEEDED = "as-needed", _("As needed")


class GroupRole(models.TextChoices):
    """What somebody does in a group."""

    CHAIR = "chair", _("Chair")
    COORDINATOR = "coordinator", _("Coordinator")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member of the group")
    OBSERVER = "observer", _("Observer")


class ApplicationKind(models.TextChoices):
    """Who asks to join."""

    PERSON = "person", _("A person")
    ORGANISATION = "organisation", _("An organisation, with me as its first person")


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    SENT = "sent", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
