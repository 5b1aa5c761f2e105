"""Which records a harvester learns of: those that are or ever were open to everybody. What is open no more is `deleted`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from publications.enums import LISTED, Access, RecordKind
from publications.exports.csl import Item, csl_item, for_export
from publications.exports.oai.asking import OaiError, read_window
from publications.exports.oai.tokens import Place
from publications.models import Collection, CollectionItem, Record
from red_mpe.core.models import Theme

PAGE = 100
EVERYBODY = AnonymousUser()
LANGUAGE = "es"  # of a title when the work's own language has none
_CODE = re.compile(r"RED-\d{5,12}")


@dataclass(frozen=True)
class Harvested:
    """One record as a harvester sees it; without an item it is deleted."""

    identifier: str
    stamp: datetime
    sets: tuple[str, ...]
    item: Item | None


@dataclass(frozen=True)
class Sheet:
    """A page of a list, and the place behind it when there is more."""

    rows: list[Harvested]
    place: Place
    rest: Place | None


def identifier_of(code: str) -> str:
    """Return the name of a record among all repositories."""
    return f"oai:{urlsplit(settings.BASE_URL).hostname}:{code}"


def code_of(identifier: str) -> str:
    """Return the code in an identifier of ours. Refused when it is none."""
    code = identifier.removeprefix(identifier_of(""))
    if code == identifier or not _CODE.fullmatch(code):
        raise OaiError("idDoesNotExist", "No record of this repository has that identifier.")
    return code


def set_names() -> list[tuple[str, str]]:
    """Return every set with its name: kinds, themes, and collections open to everybody."""
    kinds = [("kind", "By kind"), *((f"kind:{kind.value}", str(kind.label)) for kind in RecordKind)]
    themes = [("theme", "By theme"), *((f"theme:{code}", name) for code, name in Theme.objects.values_list("code", "name_es"))]
    collections = Collection.objects.visible_to(EVERYBODY).values_list("slug", "title_es", "title_en", "title_pt")
    lists = [(f"collection:{slug}", next(filter(None, titles), slug)) for slug, *titles in collections]
    return [*kinds, *themes, ("collection", "By collection"), *lists]


def _in_set(spec: str) -> Q:
    kind, _, code = spec.partition(":")
    if kind == "kind":
        return Q(kind=code) if code else Q()
    if kind == "theme":
        through = Record.themes.through.objects.filter(**({"theme__code": code} if code else {}))
        return Q(pk__in=through.values("record"))
    if kind == "collection":
        shown = Collection.objects.visible_to(EVERYBODY).filter(**({"slug": code} if code else {}))
        return Q(pk__in=CollectionItem.objects.filter(collection__in=shown.values("pk")).values("record"))
    raise OaiError("noRecordsMatch", "There is no such set.")


def chosen(place: Place) -> "QuerySet[Any]":
    """Return the records of a list, whatever has been read of it."""
    window = read_window(place.start, place.until)
    rows = Record.objects.disclosed()
    if window.start:
        rows = rows.filter(stamp__gte=window.start)
    if window.stop:
        rows = rows.filter(stamp__lt=window.stop)
    return rows.filter(_in_set(place.set)) if place.set else rows


def read_sheet(place: Place, *, whole: bool = True) -> Sheet:
    """Return the next page of a list; `whole` reads the records too, otherwise their heads. Refused when the list is empty."""
    rows = chosen(place)
    if place.stamp:
        stamp = datetime.fromisoformat(place.stamp)
        rows = rows.filter(stamp__gte=stamp).filter(Q(stamp__gt=stamp) | Q(pk__gt=place.key))
    found = list(rows.order_by("stamp", "pk").values_list("pk", "stamp")[: PAGE + 1])
    if not found and not place.stamp:
        raise OaiError("noRecordsMatch", "No record fits from, until and set.")
    keys = [key for key, _stamp in found[:PAGE]]
    rest = place.after(found[PAGE - 1][1], found[PAGE - 1][0], PAGE) if len(found) > PAGE else None
    return Sheet(harvested(keys, whole=whole), place, rest)


def harvested(keys: Iterable[int], *, whole: bool = True) -> list[Harvested]:
    """Return the records with those keys by stamp, with a number of queries that does not depend on how many there are."""
    shown = CollectionItem.objects.filter(collection__in=Collection.objects.visible_to(EVERYBODY).values("pk"))
    lists = Prefetch("collection_items", shown.select_related("collection").only("record_id", "collection__slug"), to_attr="shown_lists")
    rows = Record.objects.filter(pk__in=keys).order_by("stamp", "pk").prefetch_related(lists)
    records = for_export(rows, EVERYBODY) if whole else list(rows.prefetch_related("themes"))
    return [_harvested(one, whole=whole) for one in records]


def _harvested(record: Any, *, whole: bool) -> Harvested:
    item: Item | None = None
    if is_open(record):
        item = csl_item(record, LANGUAGE) if whole else {}
    return Harvested(identifier_of(record.code), record.stamp, _sets(record), item)


def is_open(record: Any) -> bool:
    """Tell whether everybody may read the description of a record now."""
    return record.state in LISTED and record.access in (Access.PUBLIC, Access.REQUEST)


def _sets(record: Any) -> tuple[str, ...]:
    themes = (f"theme:{theme.code}" for theme in record.themes.all())
    lists = (f"collection:{item.collection.slug}" for item in record.shown_lists)
    return (f"kind:{record.kind}", *themes, *lists)
