"""Who may do what with frameworks, rounds and comments: one table at the end, predicates above it."""

from typing import Any

import rules
from django.apps import apps

from red_mpe.core.predicates import active, is_protection_officer, is_secretariat, is_staff
from standards.enums import CommentState, RoundState
from standards.states import LISTENING


@active
def is_member(user: Any, thing: Any) -> bool:
    """A member of the network in good standing."""
    return user.member is not None


@rules.predicate
def is_public(user: Any, thing: Any) -> bool:
    """Framework, version, clause text, round or comment that everybody may read."""
    if thing is None:
        return False
    framework, version, state = _place(thing)
    return bool(framework.public and (version is None or version.public) and state != RoundState.PLANNED)


def _place(thing: Any) -> tuple[Any, Any, str]:
    kind = thing._meta.model_name
    if kind == "framework":
        return thing, None, ""
    if kind == "version":
        return thing.framework, thing, ""
    if kind == "clausetext":
        return thing.version.framework, thing.version, ""
    consultation = thing.consultation if kind == "comment" else thing
    return consultation.framework, consultation.version, consultation.state


@rules.predicate
def is_listening(user: Any, thing: Any) -> bool:
    """The round (of the comment) takes contributions, on time or late."""
    if thing is None:
        return False
    consultation = getattr(thing, "consultation", thing)
    return consultation.state in (RoundState.OPEN, RoundState.CLOSED) and consultation.framework.stage in LISTENING


@active
def is_author(user: Any, comment: Any) -> bool:
    """The person behind the comment's persona: the only look across that is made for the author's own sake."""
    if comment is None:
        return False
    return apps.get_model("standards", "PersonaLink").objects.filter(persona_id=comment.persona_id, user_id=user.pk).exists()


@rules.predicate
def is_sent(user: Any, comment: Any) -> bool:
    """Neither withdrawn nor hidden."""
    return comment is not None and comment.state == CommentState.SENT


for _model in ("framework", "version", "clausetext", "consultation", "comment"):
    rules.add_perm(f"standards.view_{_model}", is_public | is_staff)
for _model in ("framework", "version", "clause", "clausetext", "consultation", "processrules", "participationtarget", "clauselanguage"):
    for _verb in ("add", "change"):
        rules.add_perm(f"standards.{_verb}_{_model}", is_secretariat)
    if _model not in ("framework", "version", "clausetext", "consultation"):
        rules.add_perm(f"standards.view_{_model}", is_staff)
rules.add_perm("standards.view_support", is_staff)
rules.add_perm("standards", is_staff)
rules.add_perm("standards.delete_participationtarget", is_secretariat)
rules.add_perm("standards.send_comment", is_member & is_public & is_listening)
rules.add_perm("standards.reply_comment", is_member & is_public & is_listening & is_sent)
rules.add_perm("standards.support_comment", is_member & is_public & is_listening & is_sent & ~is_author)
rules.add_perm("standards.withdraw_comment", is_author & is_sent)
rules.add_perm("standards.hide_identity", is_author)
rules.add_perm("standards.moderate_comment", is_secretariat)
rules.add_perm("standards.change_comment", is_secretariat)
rules.add_perm("standards.see_author", is_secretariat)
rules.add_perm("standards.open_identity", is_protection_officer)
