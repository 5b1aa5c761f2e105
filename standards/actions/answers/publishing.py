"""The second person: returning, validating, publishing."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import Audience
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import may_personally, require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.actions.answers.locking import lock_comments, refuse_unanswerable
from standards.actions.answers.words import OverwrittenError
from standards.enums import AnswerState
from standards.models import Answer, AnswerNote, Comment
from standards.states import PUBLISH_ANSWER, RETURN_ANSWER, VALIDATE_ANSWER

_WITH_LEAD = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED)


def validate_answer(*, actor: User, answer: Answer, revision: int | None = None) -> Answer:
    """Confirm an answer, and those of the near-duplicates folded into it, as a second person.

    Refused: to who wrote it; to who belongs to the organisation that the comment shows; for comments that show none, to
    everybody who speaks for an organisation, because a refusal to some would tell whose voice it is. With the `revision`
    that was read, also where it was written anew since.
    """
    require(actor, VALIDATE_ANSWER.permission, answer)
    with transaction.atomic():
        family = _locked_family(answer, AnswerState.DRAFTED)
        if revision is not None and family[0].revision != revision:
            raise OverwrittenError(family[0])
        _refuse_before_lead(family[0])
        houses = houses_of(actor)
        for one in family:
            _refuse_same_hand(one, actor)
            refuse_own_house(one.comment, actor, houses)
        for one in family:
            states.apply(one, VALIDATE_ANSWER, validated_by=actor, validated_at=Now())
            audit.record("standards.answer_validated", actor=actor, target=one)
    return family[0]


def publish_answer(*, actor: User, answer: Answer) -> Answer:
    """Publish a validated answer, and those of the near-duplicates folded into it; each author is told."""
    require(actor, PUBLISH_ANSWER.permission, answer)
    with transaction.atomic():
        family = _locked_family(answer, AnswerState.VALIDATED)
        for one in family:
            states.apply(one, PUBLISH_ANSWER, published_at=timezone.now())
            announce("standards.answer_published", actor=actor, target=one)
    return family[0]


def return_answer(*, actor: User, answer: Answer, note: str) -> Answer:
    """Give an answer back to who wrote it, with a note that says why; its words stay as a draft."""
    require(actor, RETURN_ANSWER.permission, answer)
    note = clean(note).strip()
    if not note:
        raise DomainError(_("Say in a note what is missing: it goes back to who wrote it."))
    with transaction.atomic():
        family = _locked_family(answer, AnswerState.DRAFTED, AnswerState.VALIDATED)
        for one in family:
            states.apply(one, RETURN_ANSWER, validated_by=None, validated_at=None, assignee=one.written_by)
        AnswerNote.objects.create(answer=family[0], author=actor, body=note)
        data = {"assignee": family[0].assignee_id, "returned": True}
        announce("standards.answer_assigned", actor=actor, target=family[0], **data)
    return family[0]


def _locked_family(answer: Answer, *states_along: str) -> list[Answer]:
    """Lock an answer and those folded into it that stand where it does; the answer itself comes first, as it is now."""
    along = Answer.objects.filter(duplicate_of=answer.comment_id, folded=True, state__in=states_along)
    for comment in lock_comments(answer.comment_id, *along.values_list("comment", flat=True)):
        refuse_unanswerable(comment)
    rows = Answer.objects.filter(pk__in=[answer.pk, *along.values_list("pk", flat=True)])
    found = rows.select_related("comment__consultation__framework__rules", "comment__consultation__version", "comment__shown_organisation")
    family = sorted(found.select_related("comment__shown_group", "written_by"), key=lambda one: (one.pk != answer.pk, one.pk))
    if not family:  # nobody has touched the comment
        raise StaleState
    return family


def _refuse_before_lead(answer: Answer) -> None:
    """A folded comment is answered with the one it is folded into, and not before."""
    lead = Answer.objects.filter(comment=answer.duplicate_of_id).first() if answer.folded else None
    if answer.folded and (lead is None or lead.state in _WITH_LEAD):
        raise DomainError(_("It is folded into %(code)s and is validated together with it.") % {"code": answer.duplicate_of})


def _refuse_same_hand(answer: Answer, actor: User) -> None:
    if answer.written_by_id == actor.pk:
        raise DomainError(_("Who wrote an answer cannot validate it: two persons answer for each."))


def houses_of(actor: User) -> set[int]:
    """Return the organisations that somebody belongs to or sits for today."""
    person = getattr(actor, "person", None)
    if person is None:
        return set()
    today = timezone.localdate()
    held = set(person.affiliations.on(today).order_by().values_list("organisation", flat=True))
    seats = person.group_memberships.on(today).filter(organisation__isnull=False)
    return held | set(seats.order_by().values_list("organisation", flat=True))


def refuse_own_house(comment: Comment, actor: User, houses: set[int]) -> None:
    """Raise DomainError where `actor` is too near to the author of a comment to decide over its answer.

    Only what the comment shows to everybody is compared. Where it shows no organisation the refusal is the same for
    everybody who speaks for one, and the author meets it too: it tells nothing of whose voice it is.
    """
    own = may_personally(actor, "standards.object_to_answer", comment)
    speaker = comment.shown_organisation or comment.shown_group
    if speaker is None or speaker.audience != Audience.PUBLIC:
        if houses or own:
            raise _without_house()
    elif own:
        raise DomainError(_("This comment is yours: somebody else decides over its answer."))
    elif comment.shown_organisation_id in houses:
        raise DomainError(_("This comment comes from your own organisation: somebody else decides over its answer."))


def _without_house() -> DomainError:
    return DomainError(
        _(
            "This comment shows no organisation. So that nothing tells whose it is, who decides over its answer speaks for no "
            "organisation and has no part in it."
        )
    )
