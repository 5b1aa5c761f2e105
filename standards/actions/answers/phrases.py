"""Templates: words that answers often need."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean_line
from standards.actions.answers.words import reason_fields
from standards.actions.overwriting import refuse_overwriting
from standards.models import AnswerTemplate, Framework

WORDS = (*(f"{part}_{column}" for part in ("title", "reason") for column in COLUMN.values()), "disposition")


def save_template(
    *,
    actor: User,
    framework: Framework,
    titles: Mapping[str, str],
    reasons: Mapping[str, str],
    disposition: str = "",
    template: AnswerTemplate | None = None,
    seen: str | None = None,
) -> AnswerTemplate:
    """Keep words for answers of this framework, or change a template of it. Refused without a title and a reason.

    `seen` marks what its writer had before them; refused with OverwrittenError where that is no longer what stands.
    """
    require(actor, "standards.write_answer", framework)
    fields = {f"title_{column}": clean_line(titles.get(column, "") or "") for column in COLUMN.values()} | reason_fields(reasons)
    if not any(value for name, value in fields.items() if name.startswith("title_")):
        raise DomainError(_("Give the template a title in at least one language."))
    if not any(value for name, value in fields.items() if name.startswith("reason_")):
        raise DomainError(_("Write the reason in at least one language."))
    with transaction.atomic():
        kept = AnswerTemplate(framework=framework) if template is None else _locked(template)
        said = {**fields, "disposition": disposition}
        if template is not None:
            refuse_overwriting(template_words(kept), said, seen)
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save()
        audit.record("standards.template_saved", actor=actor, target=kept)
    return kept


def _locked(template: AnswerTemplate) -> AnswerTemplate:
    found: AnswerTemplate | None = AnswerTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise DomainError(_("The template has been taken away in the meantime. Saved once more, your words are kept as a new one."))
    return found


def template_words(template: AnswerTemplate) -> dict[str, str]:
    """Return what a template says, by column."""
    return {name: getattr(template, name) or "" for name in WORDS}


def delete_template(*, actor: User, template: AnswerTemplate) -> None:
    """Take a template of a framework away; answers that were made with it keep their words."""
    require(actor, "standards.write_answer", template)
    with transaction.atomic():
        audit.record("standards.template_deleted", actor=actor, target=template)
        template.delete()
