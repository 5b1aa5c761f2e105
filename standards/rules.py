"""Who may do what with frameworks, rounds, comments and answers: one table at the end, predicates above it."""

from typing import Any

import rules
from django.apps import apps

from members.enums import GroupRole
from members.rules import is_member, seats_today
from red_mpe.core.predicates import active, is_protection_officer, is_secretariat, is_staff
from standards.enums import PUBLIC_ANSWERS, CommentState, RoundState
from standards.states import LISTENING

#: Who leads a committee, and who writes in it; observers read.
LEADERS = frozenset({GroupRole.CHAIR, GroupRole.COORDINATOR, GroupRole.SECRETARY})
WRITERS = LEADERS | {GroupRole.MEMBER}


def framework_of(thing: Any) -> Any:
    """Return the framework that a thing of ours belongs to."""
    if thing._meta.model_name == "framework":
        return thing
    for way in ("version", "consultation", "comment", "answer", "synopsis"):
        if hasattr(thing, way):
            return framework_of(getattr(thing, way))
    return thing.framework


def committee_role(user: Any, thing: Any) -> str:
    """Return what `user` does today in the committee of a thing's framework; empty for who does not sit in it."""
    return "" if thing is None else seats_today(user).get(framework_of(thing).committee_id, "")


@rules.predicate
def sits_in_committee(user: Any, thing: Any) -> bool:
    """In the committee that writes the framework, as an observer too."""
    return bool(committee_role(user, thing))


@rules.predicate
def writes_in_committee(user: Any, thing: Any) -> bool:
    """In the committee that writes the framework, and not as an observer."""
    return committee_role(user, thing) in WRITERS


@rules.predicate
def leads_committee(user: Any, thing: Any) -> bool:
    """Chairs, coordinates or keeps the minutes of the committee that writes the framework."""
    return committee_role(user, thing) in LEADERS


@rules.predicate
def is_public(user: Any, thing: Any) -> bool:
    """Framework, version, clause text, round or comment that everybody may read."""
    if thing is None:
        return False
    framework, version, state = _place(thing)
    return bool(framework.public and (version is None or version.public) and state != RoundState.PLANNED)


@rules.predicate
def is_published(user: Any, thing: Any) -> bool:
    """Terms of reference, synopsis or answer that was published."""
    if thing is None:
        return False
    return thing.state in PUBLIC_ANSWERS if thing._meta.model_name == "answer" else thing.published_at is not None


def _place(thing: Any) -> tuple[Any, Any, str]:
    kind = thing._meta.model_name
    if kind == "answer":
        return _place(thing.comment)
    if kind == "termsofreference":
        return thing.framework, None, ""
    if kind == "framework":
        return thing, None, ""
    if kind == "version":
        return thing.framework, thing, ""
    if kind == "clausetext":
        return thing.version.framework, thing.version, ""
    consultation = thing if kind == "consultation" else thing.consultation
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
    written = getattr(comment, "comment", comment)  # of an answer: who wrote the comment it answers
    return apps.get_model("standards", "PersonaLink").objects.filter(persona_id=written.persona_id, user_id=user.pk).exists()


@rules.predicate
def is_sent(user: Any, comment: Any) -> bool:
    """Neither withdrawn nor hidden."""
    return comment is not None and comment.state == CommentState.SENT


@rules.predicate
def is_answered(user: Any, comment: Any) -> bool:
    """Its answer is published: comment and answer stay together."""
    if comment is None:
        return False
    return (
        apps.get_model("standards", "Answer")
        .objects.filter(comment_id=comment.pk, state__in=PUBLIC_ANSWERS, comment__state=CommentState.SENT)
        .exists()
    )


_seen_in_committee = sits_in_committee | is_staff
_READ = ("framework", "version", "clausetext", "consultation", "comment")
_PUBLISHED = ("termsofreference", "synopsis", "answer")

for _model in _READ:
    rules.add_perm(f"standards.view_{_model}", is_public | _seen_in_committee)
for _model in _PUBLISHED:
    rules.add_perm(f"standards.view_{_model}", (is_public & is_published) | _seen_in_committee)
for _model in ("framework", "version", "clause", "clausetext", "consultation", "processrules", "participationtarget", "clauselanguage"):
    for _verb in ("add", "change"):
        rules.add_perm(f"standards.{_verb}_{_model}", is_secretariat)
    if _model not in _READ:
        rules.add_perm(f"standards.view_{_model}", is_staff)

TABLE = {
    "standards": is_staff,
    "standards.view_support": is_staff,
    "standards.delete_participationtarget": is_secretariat,
    "standards.send_comment": is_member & is_public & is_listening,
    "standards.enter_form": is_secretariat & is_public & is_listening,
    "standards.reply_comment": is_member & is_public & is_listening & is_sent,
    "standards.support_comment": is_member & is_public & is_listening & is_sent & ~is_author,
    "standards.withdraw_comment": is_author & is_sent & ~is_answered,
    "standards.hide_identity": is_author,
    "standards.moderate_comment": is_secretariat,
    "standards.change_comment": is_secretariat,
    "standards.see_author": is_secretariat,
    "standards.open_identity": is_protection_officer,
    # the workspace of a framework's committee
    "standards.enter_workspace": _seen_in_committee,
    "standards.write_text": writes_in_committee | is_secretariat,
    "standards.steer": leads_committee | is_secretariat,
    "standards.write_answer": writes_in_committee | is_secretariat,
    "standards.validate_answer": writes_in_committee | is_secretariat,
    "standards.publish_answer": leads_committee | is_secretariat,
    "standards.object_to_answer": is_author,
    "standards.answer_again": writes_in_committee | is_secretariat,
}

for _permission, _who in TABLE.items():
    rules.add_perm(_permission, _who)
