"""Good practices and lessons learned: told by ten questions, so that others can judge whether they can repeat them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from publications.models.records import Record
from publications.querysets import PracticeQuerySet
from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Dated


def _words(label: Any, help_text: Any) -> models.TextField:  # type: ignore[type-arg]
    return models.TextField(label, blank=True, help_text=help_text)


class Practice(Dated):
    """The story of a record of kind good practice or lesson learned."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="practice", verbose_name=_("record"))
    context = _words(_("context"), _("Where, since when, who lives from mining there."))
    problem = _words(_("problem"), _("What was wrong, and for whom."))
    done = _words(_("what was done"), _("Step by step."))
    participants = _words(_("who took part"), _("How many, women and men, which organisations."))
    results = _words(_("results"), _("What is different now."))
    evidence = _words(_("evidence"), _("How one knows: measurements, documents, who confirms it."))
    costs = _words(_("costs"), _("Money, time, and who paid."))
    did_not_work = _words(_("what did not work"), _("What one would not do again."))
    conditions = _words(_("conditions to repeat it"), _("What must be there for it to work elsewhere."))
    contact = _words(_("contact"), _("Whom to ask: an organisation, an office address; no private numbers."))

    objects = PracticeQuerySet.as_manager()
    QUESTIONS: ClassVar[tuple[str, ...]] = (
        "context",
        "problem",
        "done",
        "participants",
        "results",
        "evidence",
        "costs",
        "did_not_work",
        "conditions",
        "contact",
    )

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def __str__(self) -> str:
        return str(self.record_id)

    @property
    def is_told(self) -> bool:
        """Tell whether problem and what was done are written, in one language at least."""
        return any(getattr(self, f"problem_{c}") and getattr(self, f"done_{c}") for c in COLUMN.values())
