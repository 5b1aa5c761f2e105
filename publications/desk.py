"""What waits in the library for its editors."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publications.enums import LinkState, ScanState
from publications.models import AccessRequest, File, Identifier, Record
from publications.rules import is_editor
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting


def proposals(user: Any) -> Pile | None:
    """Records that members proposed, oldest first."""
    if not is_editor(user):
        return None
    rows = Record.objects.visible_to(user).waiting()
    first = [Waiting(str(one), reverse("publications:record_desk", args=[one.code]), one.proposed_at) for one in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("publications:record_queue"))


def requests(user: Any) -> Pile | None:
    """Requests for access that nobody has answered, oldest first; who asks is told on their own page."""
    if not is_editor(user):
        return None
    rows = AccessRequest.objects.visible_to(user).waiting().select_related("record")
    first = [Waiting(str(one.record), reverse("publications:access_answer", args=[one.pk]), one.created_at) for one in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("publications:access_list"))


def links(user: Any) -> Pile | None:
    """Links that are gone, the longest first: where else can the work be read?"""
    if not is_editor(user):
        return None
    rows = Identifier.objects.visible_to(user).filter(state=LinkState.GONE, archive="").order_by("checked_at", "pk")
    first = [
        Waiting(str(one.record), reverse("publications:link_archive", args=[one.pk]), one.checked_at)
        for one in rows.select_related("record")[:SHOWN]
    ]
    return Pile(rows.count(), first, reverse("publications:link_list"))


def refused_files(user: Any) -> Pile | None:
    """Files that the virus scanner refused; they hold their record up until they are removed."""
    if not is_editor(user):
        return None
    rows = File.objects.newest().visible_to(user).filter(scan_state=ScanState.INFECTED).order_by("pk")
    first = [
        Waiting(str(one.record), reverse("publications:file_list", args=[one.record.code]), one.created_at, _("Nobody can have it."))
        for one in rows.select_related("record")[:SHOWN]
    ]
    return Pile(rows.count(), first)


PANELS = (
    DeskPanel("publications.proposals", _("Records proposed for the library"), proposals, _("Nothing waits for an editor."), rank=45),
    DeskPanel("publications.requests", _("Requests for access to files"), requests, _("Nobody waits for an answer."), rank=46),
    DeskPanel("publications.refused", _("Files that the scanner refused"), refused_files, _("No file is malicious."), rank=47),
    DeskPanel("publications.links", _("Links that lead nowhere"), links, _("Every link leads somewhere."), rank=95),
)
