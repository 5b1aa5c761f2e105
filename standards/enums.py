"""Words of standard-setting (process.md, docs/glossary.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Stands in addresses where a label would: the version as a whole, and no clause.
GENERAL = "general"


class Stage(models.TextChoices):
    """Where a framework stands."""

    TERMS_OF_REFERENCE = "terms_of_reference", _("Terms of reference")
    DRAFTING = "drafting", _("Drafting")
    CONSULTATION = "consultation", _("Consultation")
    RESPONSE = "response", _("Answers")
    FINAL_DRAFT = "final_draft", _("Final draft")
    CONSENSUS_CALL = "consensus_call", _("Consensus call")
    OBJECTIONS = "objections", _("Objections")
    BALLOT = "ballot", _("Ballot")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    UNDER_REVIEW = "under_review", _("Under review")
    REAFFIRMED = "reaffirmed", _("Reaffirmed")
    SUPERSEDED = "superseded", _("Superseded")
    SUSPENDED = "suspended", _("Suspended")
    ABANDONED = "abandoned", _("Abandoned")


class VersionKind(models.TextChoices):
    """What a version is for."""

    WORKING = "working", _("working version")
    CONSULTATION = "consultation", _("consultation version")
    FINAL_DRAFT = "final_draft", _("final draft")
    ADOPTED = "adopted", _("adopted version")


class Level(models.TextChoices):
    """The level of a clause."""

    PART = "part", _("Part")
    PRINCIPLE = "principle", _("Principle")
    CRITERION = "criterion", _("Criterion")
    REQUIREMENT = "requirement", _("Requirement")
    SUB_REQUIREMENT = "sub_requirement", _("Sub-requirement")
    DEFINITION = "definition", _("Definition")
    NOTE = "note", _("Note")
    QUESTION = "question", _("Consultation question")
    ANNEX = "annex", _("Annex")


class VerbalForm(models.TextChoices):
    """How binding a requirement is."""

    MUST = "must", _("must")
    SHOULD = "should", _("should")
    MAY = "may", pgettext_lazy("verbal form", "may")  # bare, it would be the word for the month of May in every date


class RequirementClass(models.TextChoices):
    """When a requirement has to be met."""

    ENTRY = "entry", _("Entry")
    PROGRESS = "progress", _("Progress")
    IMPROVEMENT = "improvement", _("Improvement")
    RECOMMENDATION = "recommendation", _("Recommendation")


class OecdRisk(models.TextChoices):
    """The class of risk in the sense of the OECD guidance on mineral supply chains."""

    ANNEX_II_SERIOUS = "annex-ii-serious", _("Annex II, serious abuses")
    ANNEX_II_OTHER = "annex-ii-other", _("Annex II, other risks")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class AppliesTo(models.TextChoices):
    """Where a requirement applies."""

    ALL = "all", _("all operations")
    UNDERGROUND = "underground", _("underground mining")
    ALLUVIAL = "alluvial", _("alluvial mining")
    PROCESSING_PLANT = "processing-plant", _("processing plants")
    WOMEN_SORTERS = "women-sorters", _("women mineral sorters and gold panners")
    COMMUNITY = "community", _("communities")


class Responsible(models.TextChoices):
    """Who answers for a requirement. The State's duties are never loaded on miners."""

    OPERATOR = "operator", _("operator")
    PLANT = "plant", _("plant")
    BUYER = "buyer", _("buyer")
    STATE = "state", _("State")
    SCHEME = "scheme", _("scheme")


class TextState(models.TextChoices):
    """The state of one language of a clause text."""

    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    STALE = "stale", _("stale")


class RoundState(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", _("planned")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class CommentKind(models.TextChoices):
    """The kind of a comment, with the codes of the ISO commenting form."""

    GENERAL = "ge", _("General")
    TECHNICAL = "te", _("Technical")
    EDITORIAL = "ed", _("Editorial")
    QUESTION = "qu", _("Question")


class Stance(models.TextChoices):
    """Where the author stands towards the clause."""

    AGREE = "agree", _("Agree")
    CHANGES = "changes", _("Agree with changes")
    DISAGREE = "disagree", _("Disagree")


class ShownAs(models.TextChoices):
    """How the author is shown, from the most to the least public."""

    NAME = "name", _("My name")
    ORGANISATION = "organisation", _("Organisation and country")
    PSEUDONYM = "pseudonym", _("Pseudonym")
    PROTECTED = "protected", _("Protected: chamber only")


#: From the most to the least public: an author may always move to the right, never to the left.
PRIVACY_ORDER = (ShownAs.NAME, ShownAs.ORGANISATION, ShownAs.PSEUDONYM, ShownAs.PROTECTED)
OPEN_NAMES = (ShownAs.NAME, ShownAs.ORGANISATION)


class Channel(models.TextChoices):
    """How a comment came in."""

    WEB = "web", _("web")
    MAIL = "mail", _("e-mail reply")
    FORM = "form", _("commenting form")
    ASSEMBLY = "assembly", _("assembly")
    INTERVIEW = "interview", _("interview")
    WORKSHOP = "workshop", _("workshop")


class CommentState(models.TextChoices):
    """Where a comment stands. It is never deleted."""

    SENT = "sent", _("sent")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    HIDDEN = "hidden", _("hidden by moderation")


class TermsSection(models.TextChoices):
    """The sections of the terms of reference (process.md); an answer “out of scope” cites one of them."""

    NEED = "need", _("Need")
    OVERLAP = "overlap", _("Overlap with existing standards")
    SCOPE = "scope", _("Scope")
    OUTCOMES = "outcomes", _("Outcomes")
    RISKS = "risks", _("Risks")
    DECISION_RULE = "decision_rule", _("Decision rule")
    LANGUAGES = "languages", _("Languages")
    FUNDERS = "funders", _("Funders")


class LineageKind(models.TextChoices):
    """What happened to the identity of a clause on the way into a version."""

    MOVED = "moved", _("moved")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    RETIRED = "retired", _("retired")
    RESTORED = "restored", _("taken up again")


class ChangeKind(models.TextChoices):
    """How a clause changed from one version to the next."""

    NEW = "new", _("new")
    SUBSTANTIVE = "substantive", _("substantive change")
    EDITORIAL = "editorial", _("editorial change")
    MOVED = "moved", _("moved or renumbered")
    RETIRED = "retired", _("retired")


class Disposition(models.TextChoices):
    """What became of a comment."""

    ACCEPTED = "AC", _("Accepted")
    MODIFIED = "AM", _("Accepted with modification")
    PARTIAL = "PA", _("Partially accepted")
    NOT_ACCEPTED = "NA", _("Not accepted")
    NOTED = "NO", _("Noted")
    DUPLICATE = "DU", _("Resolved in another comment")
    DEFERRED = "DI", _("Deferred to the next review")
    OUT_OF_SCOPE = "FA", _("Out of scope")
    WITHDRAWN = "RE", _("Withdrawn by its author")


#: Answers that change the text: each is linked to the clause it changed.
ACCEPTING = (Disposition.ACCEPTED, Disposition.MODIFIED, Disposition.PARTIAL)


class AnswerState(models.TextChoices):
    """Where the answer to a comment stands."""

    NEW = "new", _("without answer")
    ASSIGNED = "assigned", pgettext_lazy("answer", "assigned")
    DRAFTED = "drafted", pgettext_lazy("answer", "drafted")
    VALIDATED = "validated", pgettext_lazy("answer", "validated")
    PUBLISHED = "published", pgettext_lazy("answer", "published")
    OBJECTED = "objected", pgettext_lazy("answer", "objected by its author")
    ANSWERED = "answered", pgettext_lazy("answer", "answered again")
    CLOSED = "closed", _("closed")


#: Answers that everybody may read.
PUBLIC_ANSWERS = (AnswerState.PUBLISHED, AnswerState.OBJECTED, AnswerState.ANSWERED, AnswerState.CLOSED)


class CarryVerdict(models.TextChoices):
    """What a new version means for a comment on the version before."""

    ANSWERED = "answered", _("answered by this change")
    OPEN = "open", _("still open on the new text")
    MOVED = "moved", _("its clause has moved")
    SPLIT = "split", _("its clause was split")
    RETIRED = "retired", _("its clause was retired")
