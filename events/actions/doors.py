"""Who keeps the door of an event."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.models import Doorkeeper, Event
from members.models import Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def name_doorkeeper(*, event: Event, actor: User, person: Person) -> Doorkeeper:
    """Let a member check people in at one event. Named twice is named once. Refused: who is no member in good standing."""
    require(actor, "events.run_event", event)
    if person.user.member is None:
        raise DomainError(_("Only a member of the network keeps the door."))
    with transaction.atomic():
        keeper: Doorkeeper
        keeper, is_new = Doorkeeper.objects.get_or_create(event=event, person=person, defaults={"named_by": actor})
        if is_new:
            audit.record("events.doorkeeper_named", actor=actor, target=event, person=person.pk)
    return keeper


def dismiss_doorkeeper(*, event: Event, actor: User, person: Person) -> None:
    """Take the door from somebody; what they noted stays. Who does not keep it is no fault."""
    require(actor, "events.run_event", event)
    with transaction.atomic():
        gone, _rows = event.doorkeepers.filter(person=person).delete()
        if gone:
            audit.record("events.doorkeeper_dismissed", actor=actor, target=event, person=person.pk)
