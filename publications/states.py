"""The ways of a record and of a request for access, as tables."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from publications.enums import DESCRIBED_ONLY, PRACTICES, RecordState, RequestState
from red_mpe.core.locale import COLUMN
from red_mpe.core.states import Move, Words, guard


def missing_fields(record: Any) -> Iterable[Words]:
    """Yield what a reader would miss."""
    if not any(getattr(record, f"title_{c}") for c in COLUMN.values()):
        yield _("a title")
    if not any(getattr(record, f"abstract_{c}") for c in COLUMN.values()) and record.kind not in PRACTICES:
        yield _("an abstract")
    if not record.languages:
        yield _("the language of the work")


@guard(_("The record says what the work is"), _("Fill in title, abstract and language."))
def is_described(record: Any) -> Iterable[Words]:
    """A title, an abstract (a practice has its questions instead) and the language of the work."""
    return missing_fields(record)


@guard(_("There is something to read"), _("Add a file, a link, or the story of the practice."))
def leads_somewhere(record: Any) -> Iterable[Words]:
    """A file, an identifier that leads to the work, or the answers of a practice."""
    if record.kind in PRACTICES:
        if not hasattr(record, "practice") or not record.practice.is_told:
            yield _("the story of the practice: at least the problem and what was done")
    elif not (record.files.exists() or record.identifiers.exists() or record.licence in DESCRIBED_ONLY):
        yield _("a file or a link to the work")


@guard(_("A group is named where only a group may read"), _("Choose the group, or another audience."))
def names_its_group(record: Any) -> Iterable[Words]:
    """Access by group needs a group."""
    if record.access == "group" and record.access_group_id is None:
        yield _("the group that may read it")


@guard(_("No file is malicious"), _("Remove the file that the scanner refused."))
def is_clean(record: Any) -> Iterable[Words]:
    """Nothing goes out that the virus scanner refused."""
    if record.files.filter(scan_state="infected").exists():
        yield _("a file without malicious content")


READY = (is_described, leads_somewhere, names_its_group)

PROPOSE = Move(frozenset({RecordState.DRAFT, RecordState.RETURNED}), RecordState.PROPOSED, "publications.propose_record", READY)
TAKE_BACK = Move(frozenset({RecordState.PROPOSED, RecordState.RETURNED}), RecordState.DRAFT, "publications.take_back_record")
RETURN = Move(frozenset({RecordState.PROPOSED}), RecordState.RETURNED, "publications.edit_record")
ACCEPT = Move(frozenset({RecordState.PROPOSED}), RecordState.ACCEPTED, "publications.edit_record", READY)
DECLINE = Move(
    frozenset({RecordState.PROPOSED, RecordState.RETURNED, RecordState.ACCEPTED}), RecordState.DECLINED, "publications.edit_record"
)
PUBLISH = Move(
    frozenset({RecordState.ACCEPTED, RecordState.EMBARGOED}), RecordState.PUBLISHED, "publications.edit_record", (*READY, is_clean)
)
EMBARGO = Move(frozenset({RecordState.ACCEPTED}), RecordState.EMBARGOED, "publications.edit_record", (*READY, is_clean))
WITHDRAW = Move(frozenset({RecordState.PUBLISHED, RecordState.EMBARGOED}), RecordState.WITHDRAWN, "publications.edit_record")

RECORD_MOVES = {
    "propose": PROPOSE,
    "take-back": TAKE_BACK,
    "return": RETURN,
    "accept": ACCEPT,
    "decline": DECLINE,
    "publish": PUBLISH,
    "embargo": EMBARGO,
    "withdraw": WITHDRAW,
}

GRANT = Move(frozenset({RequestState.ASKED, RequestState.REFUSED}), RequestState.GRANTED, "publications.answer_accessrequest")
REFUSE = Move(frozenset({RequestState.ASKED}), RequestState.REFUSED, "publications.answer_accessrequest")
END_GRANT = Move(frozenset({RequestState.GRANTED}), RequestState.ENDED, "publications.answer_accessrequest")
