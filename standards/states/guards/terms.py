"""Before drafting: the terms of reference are complete and were public long enough."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.states import Words, guard
from standards.enums import TermsSection


def missing_sections(framework: Any) -> list[TermsSection]:
    """Return the sections of the terms of reference without words in the authentic language."""
    terms = getattr(framework, "terms", None)
    return [section for section in TermsSection if terms is None or not getattr(terms, f"{section}_{framework.authentic_language}")]


@guard(
    gettext_lazy("The terms of reference are complete"),
    gettext_lazy("Write the missing sections in the authentic language."),
    "terms",
)
def terms_are_complete(framework: Any) -> Iterable[Words]:
    """All sections are written in the authentic language."""
    if missing := missing_sections(framework):
        yield _("Sections still empty: %(sections)s.") % {"sections": ", ".join(str(section.label) for section in missing)}


@guard(
    gettext_lazy("The terms of reference were public long enough"),
    gettext_lazy("Publish them, and let the days of the rules pass: people must have had time to read them."),
    "terms",
)
def terms_were_public(framework: Any) -> Iterable[Words]:
    """Framework and terms of reference are public, and have been for the days of the rules."""
    terms, days = getattr(framework, "terms", None), framework.rules.terms_days
    if terms is None or terms.published_at is None or not framework.public:
        yield _("The terms of reference are not public yet; the rules ask for %(days)s days.") % {"days": days}
    elif (passed := (timezone.now() - terms.published_at) // timedelta(days=1)) < days:
        yield _("They have been public for %(passed)s of %(days)s days.") % {"passed": passed, "days": days}
