"""Who may do what in the library: predicates, and one table at the end."""

from typing import Any

import rules

from members.rules import is_member, seats_today
from publications.enums import DESCRIBED_ONLY, IN_HAND, LISTED, SHOWN, Access, RecordState, RequestState, ScanState
from red_mpe.core.locale import network_day
from red_mpe.core.predicates import active, is_secretariat

#: The permission group, beside the secretariat, whose people keep the library.
EDITORS = "editors"


@active
def is_editor(user: Any, thing: Any) -> bool:
    """The secretariat, and staff of the editors' group."""
    return bool(is_secretariat(user) or (user.is_staff and user.in_group(EDITORS)))


def groups_of(user: Any) -> frozenset[int]:
    """Return the groups in which `user` sits today, read once per request; empty for who is no member."""
    return frozenset(seats_today(user))


def record_of(thing: Any) -> Any:
    """Return the record that a thing of ours belongs to."""
    return thing.record if hasattr(thing, "record") else thing


@active
def is_contributor(user: Any, thing: Any) -> bool:
    """Who proposed the record."""
    return thing is not None and record_of(thing).proposed_by_id == user.pk


@rules.predicate
def is_in_hand(user: Any, thing: Any) -> bool:
    """The record has not been sent yet, or was asked back."""
    return thing is not None and record_of(thing).state in IN_HAND


@rules.predicate
def is_for_reader(user: Any, thing: Any) -> bool:
    """The record is out, and the reader belongs to its audience."""
    if thing is None:
        return False
    record = record_of(thing)
    if record.state not in SHOWN:
        return False
    if record.access in (Access.PUBLIC, Access.REQUEST):
        return True
    if not is_member(user):
        return False
    return bool(record.access == Access.MEMBERS or record.access_group_id in groups_of(user))


@active
def holds_grant(user: Any, thing: Any) -> bool:
    """Somebody whose request for this record was granted, and not until yesterday."""
    if thing is None:
        return False
    held = record_of(thing).requests.filter(user_id=user.pk, state=RequestState.GRANTED)
    return held.filter(until__gte=network_day()).exists()


@rules.predicate
def is_harmless(user: Any, thing: Any) -> bool:
    """The file is not malicious as far as we know, and does not wait for the scanner."""
    return thing is not None and thing.scan_state in (ScanState.CLEAN, ScanState.NOT_ASKED)


@rules.predicate
def is_handed_out(user: Any, thing: Any) -> bool:
    """The file of a record that is out now and that the licence lets us hand out."""
    return thing is not None and thing.record.state == RecordState.PUBLISHED and thing.record.licence not in DESCRIBED_ONLY


@rules.predicate
def is_open(user: Any, thing: Any) -> bool:
    """The files need no request."""
    return thing is not None and record_of(thing).access != Access.REQUEST


@rules.predicate
def is_on_request(user: Any, thing: Any) -> bool:
    """The files are handed out on request."""
    return thing is not None and record_of(thing).access == Access.REQUEST and record_of(thing).state in LISTED


@active
def is_asker(user: Any, request: Any) -> bool:
    """Who asked for access."""
    return request is not None and request.user_id == user.pk


@rules.predicate
def is_shown_collection(user: Any, collection: Any) -> bool:
    """The collection is out, and the reader belongs to its audience."""
    if collection is None or not collection.published:
        return False
    if collection.group_id is None or collection.open_to_all:
        return True
    return collection.group_id in groups_of(user)


@active
def owns(user: Any, thing: Any) -> bool:
    """Whose it is: a saved search."""
    return thing is not None and thing.user_id == user.pk


@active
def is_somebody(user: Any, thing: Any) -> bool:
    """Whoever has an account."""
    return True


_may_read = is_for_reader | is_contributor | is_editor

TABLE = {
    "publications": is_editor,
    "publications.view_record": _may_read,
    "publications.add_record": is_member | is_editor,
    "publications.change_record": (is_contributor & is_in_hand) | is_editor,
    "publications.propose_record": is_contributor | is_editor,
    "publications.take_back_record": is_contributor,
    "publications.edit_record": is_editor,
    "publications.view_file": _may_read,
    "publications.download_file": is_harmless & ((is_for_reader & is_handed_out & (is_open | holds_grant)) | is_contributor | is_editor),
    "publications.change_file": (is_contributor & is_in_hand) | is_editor,
    "publications.ask_access": is_member & is_for_reader & is_on_request,
    "publications.view_accessrequest": is_asker | is_editor,
    "publications.answer_accessrequest": is_editor,
    "publications.view_collection": is_shown_collection | is_editor,
    "publications.change_collection": is_editor,
    "publications.add_collection": is_editor,
    "publications.delete_collection": is_editor,
    "publications.add_savedsearch": is_somebody,
    "publications.view_savedsearch": owns,
    "publications.change_savedsearch": owns,
    "publications.import_records": is_editor,
    "publications.see_use": is_editor,
    "core.change_synonymset": is_editor,
}

for _permission, _who in TABLE.items():
    rules.add_perm(_permission, _who)
