"""Beginning and editing frameworks, their versions, and the rules of their process."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line
from standards.actions.changelog import write_change_log
from standards.actions.texts import refuse_frozen
from standards.enums import RoundState
from standards.models import Consultation, Framework, ProcessRules, Version

NUMBERS = tuple(field.name for field in ProcessRules._meta.local_fields if field.name not in ("id", "edition", "created_at", "updated_at"))
LIVE = (RoundState.ANNOUNCED, RoundState.OPEN)


def open_framework(*, actor: User, **fields: Any) -> Framework:
    """Begin a framework; it stands at its terms of reference."""
    require(actor, "standards.add_framework")
    with transaction.atomic():
        framework = Framework.objects.create(**_tidy(fields))
        audit.record("standards.framework_begun", actor=actor, target=framework)
    return framework


def edit_framework(*, actor: User, framework: Framework, **fields: Any) -> Framework:
    """Change what a framework says of itself. Refused: hiding it while a round is announced or open; moving its stage."""
    require(actor, "standards.change_framework", framework)
    rounds = Consultation.objects.filter(framework=framework)
    return _edit(actor, framework, fields, rounds, "standards.framework_edited")


def begin_version(*, actor: User, framework: Framework, number: str, **fields: Any) -> Version:
    """Begin a version without clauses. Refused when the previous one belongs to another framework."""
    require(actor, "standards.steer", framework)
    _refuse_stranger(framework, fields.get("previous"))
    with transaction.atomic():
        version = Version.objects.create(framework=framework, number=number, **fields)
        audit.record("standards.version_begun", actor=actor, target=version)
    return version


def edit_version(*, actor: User, version: Version, **fields: Any) -> Version:
    """Change what a version says of itself; of a frozen one only whether it is public, and not while a round is on."""
    require(actor, "standards.steer", version)
    if set(fields) - {"public"}:
        refuse_frozen(version)
    _refuse_stranger(version.framework, fields.get("previous"))
    with transaction.atomic():
        _edit(actor, version, fields, Consultation.objects.filter(version=version), "standards.version_edited")
        if "previous" in fields:
            write_change_log(version)
    return version


def write_rules(*, actor: User, **numbers: Any) -> ProcessRules:
    """Write a first edition of rules, on which no framework stands yet."""
    require(actor, "standards.add_processrules")
    with transaction.atomic():
        rules = ProcessRules.objects.create(**numbers)
        audit.record("standards.rules_written", actor=actor, target=rules)
    return rules


def follow_rules(*, actor: User, rules: ProcessRules, **numbers: Any) -> ProcessRules:
    """Write the edition that follows `rules` and put the frameworks that stand on `rules` on it; the old one stays as it was.

    Refused when nothing stands on `rules` any more: another edition has followed it already.
    """
    require(actor, "standards.change_processrules", rules)
    old = {name: getattr(rules, name) for name in NUMBERS}
    with transaction.atomic():
        frameworks = list(Framework.objects.select_for_update().filter(rules=rules))
        if not frameworks:
            raise StaleState
        new = ProcessRules.objects.create(edition=rules.edition + 1, **(old | numbers))
        Framework.objects.filter(pk__in=[framework.pk for framework in frameworks]).update(rules=new)
        for framework in frameworks:
            audit.record("standards.rules_followed", actor=actor, target=framework, old=rules.pk, new=new.pk, changed=sorted(numbers))
    return new


def _edit(actor: User, thing: Any, fields: dict[str, Any], rounds: Any, verb: str) -> Any:
    with transaction.atomic():
        if fields.get("public") is False and rounds.filter(state__in=LIVE).exists():
            raise DomainError(_("A round on it is announced or open: it stays public until the round is closed."))
        for name, value in _tidy(fields).items():
            setattr(thing, name, value)
        thing.save(update_fields=[*fields, "updated_at"] if fields else [])
        audit.record(verb, actor=actor, target=thing, changed=sorted(fields))
    return thing


def _refuse_stranger(framework: Framework, previous: Version | None) -> None:
    if previous is not None and previous.framework_id != framework.pk:
        raise DomainError(_("The previous version belongs to another framework. Choose one of this framework."))


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """Normalise what people wrote: titles on one line, no control characters anywhere."""
    if "stage" in fields:
        raise ValueError("a stage moves by its own actions")
    return {
        name: (clean_line(value) if name.startswith("title") else clean(value).strip()) if isinstance(value, str) else value
        for name, value in fields.items()
    }
