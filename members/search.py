"""What of the membership can be found: people and organisations by name, groups by name and charter."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.models import Group, Organisation, Person
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.search import Found, Hit, SearchSource, capped_count, full_text, hit_text, names_like, snippet_text


def find_people(words: str, user: Any, start: int, stop: int) -> Found:
    """People whose name the reader may see; nothing of them but the name is told here."""
    rows = names_like(Person.objects.visible_to(user), words, "name").order_by("name", "pk")
    return Found([Hit(url=person.get_absolute_url(), title=_plain(person.name)) for person in rows[start:stop]], capped_count(rows))


def find_organisations(words: str, user: Any, start: int, stop: int) -> Found:
    """Organisations by name or acronym."""
    rows = names_like(Organisation.objects.visible_to(user), words, "name", "acronym").order_by("name", "pk")
    hits = [
        Hit(url=one.get_absolute_url(), title=_plain(one.name), kicker=one.acronym, snippet=_plain(f"{one.category} · {one.country.name}"))
        for one in rows.select_related("category")[start:stop]
    ]
    return Found(hits, capped_count(rows))


def find_groups(words: str, user: Any, start: int, stop: int) -> Found:
    """Groups by name and charter."""
    rows: QuerySet[Any] = full_text(Group.objects.visible_to(user), words, title="name", body=("charter",))
    hits = [
        Hit(
            url=group.get_absolute_url(),
            title=hit_text(group.found_title),
            snippet=snippet_text(group.found_snippet),
            kicker=group.get_kind_display(),
            lang=SITE_LANGUAGE[group.found_lang],
        )
        for group in rows[start:stop]
    ]
    return Found(hits, capped_count(rows))


def _plain(text: str) -> SafeString:
    return escape(text)


def public_names(column: str) -> list[Any]:
    """Names of organisations that everybody may read: they are the same in every language. Names of people are never learnt."""
    return [Organisation.objects.visible_to(AnonymousUser()).order_by().values_list("name")] if column == "es" else []


def public_charters(column: str) -> list[Any]:
    """What everybody may read of groups."""
    rows = Group.objects.visible_to(AnonymousUser()).order_by()
    return [rows.values_list(f"{field}_{column}") for field in ("name", "charter")]


SOURCES = (
    SearchSource("organisations", _("Organisations"), find_organisations, rank=30, texts=public_names),
    SearchSource("groups", _("Groups"), find_groups, rank=40, texts=public_charters),
    SearchSource("people", _("People"), find_people, rank=50),
)
