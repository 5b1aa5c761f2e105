"""Keeping searches, and telling what is new in them."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from publications.models import Asked, SavedSearch
from publications.models.asking import QUERY
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce

MOST: Final = 50  # searches that one account keeps
PERIOD: Final = timedelta(hours=23)  # between two words about one search: once a day, whenever the clock comes by
SETTLED: Final = timedelta(minutes=5)  # a record whose transaction is still open is told next time, not never
LISTED: Final = 50  # records named in one announcement


def keep_search(*, actor: Any, asked: Asked, name: str, alert: bool) -> SavedSearch:
    """Keep a search under a name; kept already, it gets the new name.

    Refused for a search of nothing, for a very long one, and for the fifty-first.
    """
    require(actor, "publications.add_savedsearch")
    query = asked.query
    if not query:
        raise DomainError(_("There is nothing to keep yet: search for something or choose a filter first."))
    if len(query) > QUERY:
        raise DomainError(_("This search is too long to be kept: fewer words or fewer filters say the same."))
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=actor.pk).values_list("pk"))
        if SavedSearch.objects.filter(user=actor).exclude(query=query).count() >= MOST:
            raise DomainError(_("Fifty searches are kept already. Delete one that is no longer needed."))
        kept, _made = SavedSearch.objects.update_or_create(user=actor, query=query, defaults={"name": name, "alert": alert})
    return kept


def change_search(*, actor: Any, search: SavedSearch, name: str, alert: bool) -> SavedSearch:
    """Give a kept search another name, and switch its news on or off; switched on, they begin now."""
    require(actor, "publications.change_savedsearch", search)
    begins = {"told_until": Now()} if alert and not search.alert else {}
    SavedSearch.objects.filter(pk=search.pk).update(name=name, alert=alert, updated_at=Now(), **begins)
    search.refresh_from_db()
    return search


def delete_search(*, actor: Any, search: SavedSearch) -> None:
    """Forget a kept search. Done twice, it stays forgotten."""
    require(actor, "publications.change_savedsearch", search)
    SavedSearch.objects.filter(pk=search.pk).delete()


def tell_of_new() -> int:
    """Tell everybody whose search found something new since they were told; return how many. Run twice or at once, each is told once."""
    until = timezone.now() - SETTLED
    due = SavedSearch.objects.filter(alert=True, told_until__lt=until - PERIOD, user__is_active=True)
    return sum(_tell(search, until) for search in due.select_related("user").order_by("pk").iterator(500))


def _tell(search: SavedSearch, until: Any) -> bool:
    found = list(Asked.read(search.query).new_since(search.user, search.told_until, until)[: LISTED + 1])
    with transaction.atomic():
        mine = SavedSearch.objects.filter(pk=search.pk, alert=True, told_until=search.told_until).update(told_until=until)
        if mine and found:
            announce("publications.saved_search", actor=None, target=search, records=found[:LISTED], more=len(found) > LISTED)
    return bool(mine and found)
