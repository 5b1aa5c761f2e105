"""Writing and publishing the terms of reference of a framework."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean
from standards.actions.overwriting import OverwrittenError
from standards.actions.texts import LANGUAGES
from standards.enums import TermsSection
from standards.models import Framework, TermsOfReference

COLUMNS = tuple(f"{section}_{language}" for section in TermsSection for language in LANGUAGES)


def write_terms(*, actor: User, framework: Framework, words: dict[str, str], seen: datetime | None) -> TermsOfReference:
    """Write the sections in `words`, by column. Once published only who leads may, and every edit is recorded in public.

    `seen` is when the terms that the writer has before them were last saved; OverwrittenError when somebody has saved since.
    """
    with transaction.atomic():
        Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)
        terms = TermsOfReference.objects.select_for_update().filter(framework=framework).first() or TermsOfReference(framework=framework)
        require(actor, "standards.steer" if terms.published_at else "standards.write_text", framework)
        tidy = {column: clean(words[column]).strip() for column in COLUMNS if column in words}
        theirs = {column: getattr(terms, column) or "" for column in tidy}
        if (terms.updated_at if terms.pk else None) != seen:
            raise OverwrittenError(theirs, tidy, terms.updated_at.isoformat() if terms.pk else "")
        changed = [column for column, value in tidy.items() if theirs[column] != value]
        for column in changed:
            setattr(terms, column, tidy[column])
        terms.save()
        verb = "standards.terms_changed" if terms.published_at else "standards.terms_written"
        if changed:
            audit.record(verb, actor=actor, target=terms, changed=changed)
    return terms


def publish_terms(*, actor: User, framework: Framework) -> TermsOfReference:
    """Publish the terms of reference: from now on the days of the rules count. Refused while a section is empty."""
    require(actor, "standards.steer", framework)
    with transaction.atomic():
        terms = TermsOfReference.objects.select_for_update().filter(framework=framework).first()
        if terms is None or any(not getattr(terms, f"{section}_{framework.authentic_language}") for section in TermsSection):
            raise DomainError(_("Some sections are still empty. Write all of them in the authentic language first."))
        if terms.published_at is not None:
            raise StaleState
        terms.published_at, terms.published_by = timezone.now(), actor
        terms.save(update_fields=["published_at", "published_by"])
        audit.record("standards.terms_published", actor=actor, target=terms)
    return terms
