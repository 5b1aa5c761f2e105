"""Sending, supporting and withdrawing comments."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Affiliation, User
from red_mpe.core import audit, states
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.permissions import require_personally
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean, markdown, redline
from red_mpe.notifications.actions import announce
from red_mpe.notifications.models import Subscription
from standards.actions.answers.withdrawing import withdraw_answer
from standards.actions.identities import Voice, give_pseudonym, origin_of, persona_for, shown_of
from standards.actions.numbering import number_comments
from standards.enums import OPEN_NAMES, PRIVACY_ORDER, CommentKind, RoundState, ShownAs
from standards.models import ClauseText, Comment, CommentOrigin, Consultation, Persona, Support
from standards.states import LISTENING, WITHDRAW_COMMENT

DEEPEST = 30


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say."""

    once: UUID
    body: str
    language: str
    shown_as: str = ShownAs.ORGANISATION
    kind: str = ""
    stance: str = ""
    proposed: str = ""
    voice: Voice = None


class AlreadySentError(DomainError):
    """The form's key has met its own author's comment, with other words in it: they are not lost and not sent."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("This form was already sent as %(code)s, with other words. Send it again if you want to say this too.") % {"code": code}
        )


def refuse_unless_listening(consultation: Consultation, clause_text: ClauseText | None) -> None:
    """Raise DomainError with clear words where this text takes no comments: frozen without round, closed, or of another version."""
    if clause_text is not None and clause_text.version_id != consultation.version_id:
        raise DomainError(_("This clause belongs to another version of the text. Comment on it in the version under consultation."))
    if consultation.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise DomainError(_("This round is not open yet. Your words are still here: keep them until it opens."))
    if consultation.framework.stage not in LISTENING:
        raise DomainError(_("This round is closed and its answers are finished: it takes no more comments."))


def send_comment(*, actor: User, consultation: Consultation, clause_text: ClauseText | None, draft: Draft) -> Comment:
    """Send a comment on a clause, or in general. Sent twice with the same key it is one comment.

    Refused: by non-members; on a version that is not in this round; technical or editorial without proposed wording.
    After the closing instant it is kept and marked late.
    """
    refuse_unless_listening(consultation, clause_text)
    require_personally(actor, "standards.send_comment", consultation)
    if draft.kind not in CommentKind:
        raise DomainError(_("Say of which kind your comment is."))
    if draft.kind in (CommentKind.TECHNICAL, CommentKind.EDITORIAL) and not clean(draft.proposed).strip():
        raise DomainError(_("A technical or editorial comment needs a proposed wording."))
    return _send(actor, consultation, clause_text, None, draft)


def reply_to_comment(*, actor: User, parent: Comment, draft: Draft) -> Comment:
    """Answer a comment in its thread, at any depth."""
    refuse_unless_listening(parent.consultation, None)
    require_personally(actor, "standards.reply_comment", parent)
    return _send(actor, parent.consultation, parent.clause_text, parent, draft)


def _send(actor: User, consultation: Consultation, clause_text: ClauseText | None, parent: Comment | None, draft: Draft) -> Comment:
    if already := Comment.objects.filter(once=draft.once).first():
        return _own(already, actor, draft)
    if not any(map(str.isalnum, clean(draft.body))):  # signs that nobody sees are no words
        raise DomainError(_("There are no words in it yet."))
    require_voice(actor, draft.voice)
    try:
        with transaction.atomic():
            comment = _write(actor, consultation, clause_text, parent, draft)
            _tell(comment, parent)
            _follow(actor, comment)
    except IntegrityError:
        return _own(Comment.objects.get(once=draft.once), actor, draft)
    return comment


def _own(comment: Comment, actor: User, draft: Draft) -> Comment:
    require_personally(actor, "standards.hide_identity", comment)  # a key can only meet its own author's comment
    if (comment.body, comment.proposed) != (clean(draft.body), clean(draft.proposed).strip()):
        raise AlreadySentError(comment.code)
    return comment


def require_voice(actor: User, voice: Voice) -> None:
    """Refuse to speak for an organisation or group one does not speak for today."""
    if voice is None:
        return
    today = timezone.localdate()
    own = voice.person_id == actor.member.pk and voice.starts_on <= today and (voice.ends_on is None or voice.ends_on >= today)
    if not own or (isinstance(voice, Affiliation) and not voice.speaks):
        raise DomainError(
            _("You cannot speak on behalf of that organisation or group today. Choose another voice; your words are still here.")
        )


def _write(actor: User, consultation: Consultation, text: ClauseText | None, parent: Comment | None, draft: Draft) -> Comment:
    persona = persona_for(actor, consultation)
    shown = shown_of(actor.member, draft.voice, draft.shown_as)
    if draft.shown_as == ShownAs.PSEUDONYM:
        name_persona(persona, shown.chamber.code, shown.country, consultation)
    comment = new_comment(consultation, text, draft, shown)
    comment.persona, comment.parent = persona, parent
    if parent:
        comment.root, comment.depth, comment.kind = parent.root or parent, min(parent.depth + 1, DEEPEST), ""
    number_comments(consultation, [comment])
    comment.save(force_insert=True)
    _write_origin(comment, draft.voice)
    return comment


def new_comment(consultation: Consultation, text: ClauseText | None, draft: Draft, shown: Any) -> Comment:
    """Return a comment with its words made ready; not saved, without persona and number."""
    return Comment(
        consultation=consultation,
        once=draft.once,
        clause=text.clause if text else None,
        clause_text=text,
        kind=draft.kind,
        stance=draft.stance,
        body=clean(draft.body),
        body_html=markdown(draft.body),
        proposed=clean(draft.proposed).strip(),
        redline_html=_redline(text, draft),
        language=draft.language,
        shown_as=draft.shown_as,
        **_shown_fields(shown),
    )


def _shown_fields(shown: Any) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in shown.__dataclass_fields__}


def name_persona(persona: Persona, chamber: str, country: str, consultation: Consultation) -> None:
    """Give the persona its pseudonym if it has none yet."""
    give_pseudonym(persona, chamber=chamber, country=country, small_cell=consultation.framework.rules.small_cell)


def _write_origin(comment: Comment, voice: Voice) -> None:
    organisation, group = origin_of(voice)
    CommentOrigin.objects.create(comment=comment, organisation=organisation, group=group)


def _redline(text: ClauseText | None, draft: Draft) -> str:
    """The proposed wording against the clause in the comment's language, or in the authentic one where that is missing."""
    if text is None or not draft.proposed.strip():
        return ""
    return redline(current_words(text, draft.language), clean(draft.proposed).strip())


def current_words(text: ClauseText, language: str) -> str:
    """Return the clause's words in `language` (es, en, pt-br), or in the authentic language where they are missing."""
    return getattr(text, f"text_{COLUMN[language_of_words(text, language)]}") or ""


def language_of_words(text: ClauseText | None, language: str) -> str:
    """Return `language`, or the authentic one where the clause has no words in it."""
    if text is None or getattr(text, f"text_{COLUMN[language]}"):
        return language
    return SITE_LANGUAGE[text.version.framework.authentic_language]


def _tell(comment: Comment, parent: Comment | None) -> None:
    announce("standards.comment_sent", actor=None, target=comment)
    if parent:
        announce("standards.reply_sent", actor=None, target=comment)


def _follow(actor: User, comment: Comment) -> None:
    """Who speaks under an open name follows the clause; for the others not even a subscription tells that they spoke."""
    if comment.clause and comment.shown_as in OPEN_NAMES:
        Subscription.objects.get_or_create(person=actor, topic=comment.clause.topic)


def _unfollow(actor: User, comment: Comment) -> None:
    """Take back what following told, unless the person still speaks there under an open name."""
    if comment.clause is None or comment.shown_as in OPEN_NAMES:
        return
    open_ones = Comment.objects.filter(persona=comment.persona_id, clause=comment.clause_id, shown_as__in=OPEN_NAMES)
    if not open_ones.exists():
        Subscription.objects.filter(person=actor, topic=comment.clause.topic, muted=False).delete()


def toggle_support(*, actor: User, comment: Comment) -> bool:
    """Support a comment, or take one's support back; return whether it is supported now. One per person, shown by chamber."""
    refuse_unless_listening(comment.consultation, None)
    require_personally(actor, "standards.support_comment", comment)
    with transaction.atomic():
        persona = persona_for(actor, comment.consultation)
        if Support.objects.filter(comment=comment, persona=persona).delete()[0]:
            return False
        Support.objects.bulk_create(
            [Support(comment=comment, persona=persona, chamber=actor.member.category.chamber)], ignore_conflicts=True
        )
    return True


def withdraw_comment(*, actor: User, comment: Comment) -> Comment:
    """Take one's comment back, as long as its answer is not published; a marker stays in the thread, and the answer closes as withdrawn."""
    require_personally(actor, WITHDRAW_COMMENT.permission, comment)
    with transaction.atomic():
        states.apply(comment, WITHDRAW_COMMENT)
        withdraw_answer(comment)
        audit.record("standards.comment_withdrawn", actor=None, target=comment)
    return comment


def hide_identity(*, actor: User, comment: Comment, shown_as: str) -> Comment:
    """Move to a less public way of being shown, now or years later; what was shown is wiped. The other direction is refused.

    Whoever leaves their open name no longer follows the clause either: it would tell that they spoke.
    """
    require_personally(actor, "standards.hide_identity", comment)
    order = [str(mode) for mode in PRIVACY_ORDER]
    more_public = order[: order.index(shown_as)] if shown_as in order else []
    with transaction.atomic():
        kept = shown_as == ShownAs.ORGANISATION
        if shown_as == ShownAs.PSEUDONYM:
            name_persona(comment.persona, comment.chamber.code, str(comment.country), comment.consultation)
        wiped: dict[str, Any] = {} if kept else {"shown_organisation": None, "shown_group": None, "on_behalf": False}
        rows = Comment.objects.filter(pk=comment.pk, shown_as__in=more_public)
        if not rows.update(shown_as=shown_as, shown_name="", **wiped):
            raise DomainError(_("You can only choose a less public way than the present one."))
        audit.record("standards.identity_hidden", actor=None, target=comment, shown_as=shown_as)
        comment.refresh_from_db()
        _unfollow(actor, comment)
    return comment
