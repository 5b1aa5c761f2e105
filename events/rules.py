"""Who may do what with events: predicates, and one table at the end."""

from datetime import timedelta
from typing import Any, Final

import rules
from django.db.models import Q
from django.utils import timezone

from events.enums import ON, TOOK_PLACE, EventAudience, EventKind, EventMode, EventState, MinutesState, RegistrationState
from members.enums import GroupRole
from members.rules import is_member, is_shown, seats_today, speaks_for
from red_mpe.core.predicates import active, is_present, is_secretariat

#: Those who call the meetings of a group.
LEADING = (GroupRole.CHAIR, GroupRole.COORDINATOR, GroupRole.SECRETARY)
#: So long before and after an event does a doorkeeper see who is registered.
NEAR = timedelta(days=7)


def seats_of(user: Any, *, leading: bool = False) -> Any:
    """Return the keys of the groups in which `user` sits today (`leading`: whose meetings they call), as a query; None for nobody."""
    if not is_present(user) or user.member is None:
        return None
    seats = user.member.group_memberships.on(timezone.localdate()).order_by()
    return (seats.filter(role__in=LEADING) if leading else seats).values("group")


def _sits_in(user: Any, event: Any, *, leading: bool = False) -> bool:
    seats = seats_of(user, leading=leading)
    return seats is not None and event.groups.filter(pk__in=seats).exists()


@active
def leads_a_group(user: Any, thing: Any) -> bool:
    """Who chairs, coordinates or keeps the minutes of some group."""
    seats = seats_of(user, leading=True)
    return seats is not None and seats.exists()


@active
def leads_its_group(user: Any, event: Any) -> bool:
    """Who chairs, coordinates or keeps the minutes of one of the event's groups."""
    return event is not None and _sits_in(user, event, leading=True)


@active
def is_in_its_group(user: Any, event: Any) -> bool:
    """Who sits in one of the event's groups."""
    return event is not None and _sits_in(user, event)


@rules.predicate
def is_out(user: Any, event: Any) -> bool:
    """The event has been announced, whatever became of it."""
    return event is not None and event.state != EventState.DRAFT


@rules.predicate
def is_for_everybody(user: Any, event: Any) -> bool:
    """The event is public."""
    return event is not None and event.audience == EventAudience.PUBLIC


@rules.predicate
def is_for_members(user: Any, event: Any) -> bool:
    """The event is for members, or for more than them."""
    return event is not None and event.audience != EventAudience.GROUP


@rules.predicate
def is_of_the_network(user: Any, event: Any) -> bool:
    """The event is no meeting of groups among themselves."""
    return bool(is_for_members(user, event)) and event.kind != EventKind.MEETING


@rules.predicate
def is_ahead(user: Any, event: Any) -> bool:
    """The event is on, and its end has not come."""
    return event is not None and event.state in ON and event.ends_at > timezone.now()


@rules.predicate
def is_of(user: Any, thing: Any) -> bool:
    """A registration that is one's own, or that of somebody whom one brings along. Who wrote it for another keeps nothing by that."""
    return thing is not None and is_present(user) and _is_theirs(user, thing)


def _is_theirs(user: Any, registration: Any) -> bool:
    return user.pk == registration.user_id or (registration.guest_of_id is not None and user.pk == registration.made_by_id)


@active
def runs_its_event(user: Any, thing: Any) -> bool:
    """Who runs the event that something belongs to."""
    return thing is not None and bool(user.has_perm("events.run_event", thing.event))


@rules.predicate
def takes_registrations(user: Any, event: Any) -> bool:
    """One registers for the event: it has terms."""
    return getattr(event, "terms", None) is not None


@active
def connects(user: Any, event: Any) -> bool:
    """Who has a confirmed place on line, or brings somebody along who has."""
    mine = Q(user=user.pk) | Q(guest_of__user=user.pk)
    return event.registrations.filter(mine, mode=EventMode.ON_LINE, state=RegistrationState.CONFIRMED).exists()


@rules.predicate
def is_on(user: Any, event: Any) -> bool:
    """The event is on."""
    return event is not None and event.state in ON


@active
def keeps_the_door(user: Any, event: Any) -> bool:
    """Who was named to check people in, from a week before the event until a week after it."""
    if event is None or user.member is None or not event.starts_at - NEAR < timezone.now() < event.ends_at + NEAR:
        return False
    return bool(event.doorkeepers.filter(person=user.member).exists())


@active
def has_an_account(user: Any, event: Any) -> bool:
    """Whoever has an account."""
    return True


@active
def leads_the_group(user: Any, group: Any) -> bool:
    """Who chairs, coordinates or keeps the minutes of this group."""
    seats = seats_of(user, leading=True)
    return seats is not None and group is not None and seats.filter(group=group.pk).exists()


@active
def sits_in_the_group(user: Any, group: Any) -> bool:
    """Who sits in this group."""
    return group is not None and group.pk in seats_today(user)


@rules.predicate
def is_of_a_shown_group(user: Any, series: Any) -> bool:
    """The rhythm of a group that is shown to this reader."""
    return series is not None and bool(is_shown(user, series.group))


@active
def sits_in_its_group(user: Any, series: Any) -> bool:
    """Who sits in the group whose rhythm it is."""
    return series is not None and series.group_id in seats_today(user)


@rules.predicate
def is_written_out(user: Any, minutes: Any) -> bool:
    """The minutes have been published."""
    return minutes is not None and minutes.state != MinutesState.DRAFT


@rules.predicate
def was_taken_back(user: Any, minutes: Any) -> bool:
    """The minutes had been published, and are a draft again."""
    return minutes is not None and minutes.state == MinutesState.DRAFT and minutes.withdrawn_at is not None


@rules.predicate
def sees_its_event(user: Any, thing: Any) -> bool:
    """Who sees the event that something belongs to."""
    return thing is not None and bool(user.has_perm("events.view_event", thing.event))


@active
def took_it(user: Any, task: Any) -> bool:
    """Who took a task of published minutes: the member, or who speaks for the organisation."""
    if task is None or not is_written_out(user, task.item.minutes) or user.member is None:
        return False
    return user.member.pk == task.person_id or bool(speaks_for(user, task.organisation))


@active
def runs_its_meeting(user: Any, task: Any) -> bool:
    """Who runs the event in the minutes of which a task stands."""
    return task is not None and bool(user.has_perm("events.run_event", task.item.minutes.event))


@rules.predicate
def reads_its_minutes(user: Any, task: Any) -> bool:
    """Who reads the minutes in which a task stands."""
    return task is not None and bool(user.has_perm("events.view_minutes", task.item.minutes))


#: So long after the end who was there may say what they thought of it.
EVALUATED: Final = timedelta(days=30)


@active
def was_there(user: Any, event: Any) -> bool:
    """Who was registered until the end, or seen there."""
    if event is None:
        return False
    own = Q(registration__user=user.pk) | Q(person__user=user.pk)
    registered = event.registrations.filter(user=user.pk, state=RegistrationState.CONFIRMED)
    return bool(registered.exists() or event.attendances.filter(own).exists())


@rules.predicate
def is_being_evaluated(user: Any, event: Any) -> bool:
    """The event has ended, not longer ago than evaluations are taken, and its evaluation was not closed before."""
    if event is None or event.state not in (*ON, *TOOK_PLACE):
        return False
    period = getattr(event, "evaluation_period", None)
    closed = period is not None and period.closed_at is not None
    return not closed and event.ends_at <= timezone.now() < event.ends_at + EVALUATED


@active
def owns_certificate(user: Any, certificate: Any) -> bool:
    """Whose certificate it is, and who brought them along."""
    if certificate is None:
        return False
    if certificate.person_id:
        return bool(certificate.person.user_id == user.pk)
    return _is_theirs(user, certificate.registration)


runs = is_secretariat | leads_its_group
sees = (is_out & (is_for_everybody | (is_member & is_for_members) | is_in_its_group | keeps_the_door)) | runs
is_called = is_in_its_group | (is_member & is_of_the_network)
TABLE = {
    "events.view_event": sees,
    "events.add_event": is_secretariat | leads_a_group,
    "events.change_event": runs,
    "events.run_event": runs,
    #: The link lets strangers into the room: only who could come in person has it, and only while there is something to come to.
    #: Where one registers, only who has a place on line: so many can connect, and no more.
    "events.read_link": runs | (is_ahead & ((takes_registrations & sees & connects) | (~takes_registrations & is_called))),
    "events.register": has_an_account & sees & is_on,
    "events.view_registration": is_of | runs_its_event,
    "events.change_registration": is_of | runs_its_event,
    "events.check_in": runs | keeps_the_door,
    #: Whether one was there is asked of the registration, or of the seat in the group.
    "events.say_present": has_an_account,
    "events.write_minutes": runs_its_event,
    "events.view_minutes": (is_written_out & sees_its_event) | runs_its_event,
    #: That they were taken back, and why.
    "events.view_withdrawal": was_taken_back & sees_its_event,
    "events.view_task": reads_its_minutes | took_it,
    "events.close_task": took_it | runs_its_meeting,
    "events.see_who_was_there": runs | is_in_its_group,
    "events.plan_series": is_secretariat | leads_the_group,
    "events.view_meetings": is_secretariat | is_shown | sits_in_the_group,
    "events.view_meetingseries": is_secretariat
    | (is_of_a_shown_group & (is_for_everybody | (is_member & is_for_members)))
    | sits_in_its_group,
    "events.view_quorum": runs | is_in_its_group,
    "events.view_certificate": owns_certificate | runs_its_event,
    "events.evaluate": was_there & is_being_evaluated,
    "events.hold_calendar": is_member | is_secretariat,
}

for _permission, _who in TABLE.items():
    rules.add_perm(_permission, _who)
