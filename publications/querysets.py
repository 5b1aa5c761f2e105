"""Readings of the library. Every list goes through `visible_to`."""

from functools import reduce
from operator import or_
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce, Concat, Greatest

from publications.enums import DESCRIBED_ONLY, LISTED, SHOWN, Access, RecordState, RequestState, ScanState
from publications.rules import groups_of, is_editor, is_member
from red_mpe.core.locale import COLUMN, network_day
from red_mpe.core.predicates import is_present
from red_mpe.core.search import Fold

NEAR: Final = 0.55  # from which likeness two titles may be of the same work
SHORTEST_TITLE: Final = 8  # letters


def for_readers(user: Any, way: str = "") -> Q:
    """Return the condition that the record at `way` (``record__``) is out and `user` belongs to its audience."""
    shown = Q(**{f"{way}access__in": (Access.PUBLIC, Access.REQUEST)})
    if is_member(user):
        shown |= Q(**{f"{way}access": Access.MEMBERS})
        if sits := groups_of(user):
            shown |= Q(**{f"{way}access": Access.GROUP, f"{way}access_group__in": sits})
    return Q(**{f"{way}state__in": SHOWN}) & shown


def may_read(user: Any, way: str = "") -> Q:
    """Return the condition that `user` may read the record at `way`: as a reader, or because they proposed it."""
    found = for_readers(user, way)
    return found | Q(**{f"{way}proposed_by": user}) if is_present(user) else found


def _likeness(titles: set[str]) -> Greatest:
    """Return how much the titles of a row are like one of `titles`, from 0 to 1."""
    near: Any = TrigramSimilarity  # its first argument may be any expression
    zero = Value(0.0, output_field=models.FloatField())
    return Greatest(zero, zero, *(near(Fold(f"title_{c}"), Fold(Value(words))) for c in COLUMN.values() for words in titles))


class RecordQuerySet(models.QuerySet[Any]):
    """Records."""

    def visible_to(self, user: Any) -> "RecordQuerySet":
        """What has an address for `user`: what is out for them, what they proposed; an editor sees all."""
        return self if is_editor(user) else self.filter(may_read(user))

    def listed_for(self, user: Any) -> "RecordQuerySet":
        """What lists, searches and feeds show `user`: out and not withdrawn, an editor's eyes no sharper than a member's."""
        if is_editor(user):
            return self.filter(state__in=LISTED)
        return self.filter(for_readers(user), state__in=LISTED)

    def proposed_by_user(self, user: Any) -> "RecordQuerySet":
        """What `user` brought, the newest first."""
        return self.filter(proposed_by=user).order_by("-id") if is_present(user) else self.none()

    def waiting(self) -> "RecordQuerySet":
        """What waits for an editor, oldest first."""
        return self.filter(state=RecordState.PROPOSED).order_by("proposed_at", "id")

    def due(self, day: Any) -> "RecordQuerySet":
        """Those whose embargo has ended on `day`."""
        return self.filter(state=RecordState.EMBARGOED, embargo_until__lte=day)

    def disclosed(self) -> "RecordQuerySet":
        """What is or once was open to everybody: harvesters learn that it changed, and of what is open no more only that it is gone."""
        return self.filter(disclosed=True)

    def alike(self, record: Any) -> "RecordQuerySet":
        """Those that may be the same work: `same_identifier`, `same_file` or `likeness` of titles say why, the surest first.

        A title is compared in whatever language it is written; short ones, under eight letters, are like too many others.
        """
        titles = {words for c in COLUMN.values() if len(words := getattr(record, f"title_{c}") or "") >= SHORTEST_TITLE}
        pairs = [Q(scheme=scheme, value=value) for scheme, value in record.identifiers.values_list("scheme", "value")]
        named = apps.get_model("publications", "Identifier").objects.filter(reduce(or_, pairs, Q(pk__in=[])))
        held = apps.get_model("publications", "File").objects.filter(sha256__in=record.files.values("sha256"))
        near = self._titled_like(titles)
        rows = self.exclude(pk=record.pk).filter(
            Q(pk__in=named.values("record")) | Q(pk__in=held.values("record")) | Q(pk__in=near.order_by().values("pk"))
        )
        return rows.annotate(
            same_identifier=Exists(named.filter(record=OuterRef("pk"))),
            same_file=Exists(held.filter(record=OuterRef("pk"))),
            likeness=_likeness(titles),
        ).order_by("-same_identifier", "-same_file", "-likeness", "pk")

    def _titled_like(self, titles: set[str]) -> "RecordQuerySet":
        """Those with a title much like one of `titles`; the index on folded titles finds them."""
        like = [Q(**{f"_folded_{c}__trigram_similar": Fold(Value(words))}) for c in COLUMN.values() for words in titles]
        rows = self.alias(**{f"_folded_{c}": Fold(f"title_{c}") for c in COLUMN.values()}).alias(_likeness=_likeness(titles))
        return rows.filter(reduce(or_, like, Q(pk__in=[])), _likeness__gte=NEAR)

    def named(self, words: str) -> "RecordQuerySet":
        """Those whose code or titles hold all `words`, whatever the accents and capitals: for who looks for one to point at."""
        titles = (Coalesce(F(f"title_{column}"), Value("")) for column in COLUMN.values())
        rows = self.annotate(names=Func(Concat(F("code"), Value(" "), *titles, output_field=models.TextField()), function="core_fold"))
        for word in words.split()[:8]:
            rows = rows.filter(names__contains=Func(Value(word), function="core_fold", output_field=models.TextField()))
        return rows

    def for_list(self) -> "RecordQuerySet":
        """With what a card shows."""
        return self.prefetch_related("authors", "themes")

    def for_detail(self) -> "RecordQuerySet":
        """With what the record's page shows."""
        authors = apps.get_model("publications", "Author").objects.select_related("person", "organisation")
        rows = self.select_related("practice", "access_group", "proposed_for")
        return rows.prefetch_related(Prefetch("authors", authors), "identifiers", "themes", "groups")


class _OfRecord(models.QuerySet[Any]):
    """What belongs to a record and is read with it."""

    def visible_to(self, user: Any) -> "_OfRecord":
        """Those of records that `user` may read."""
        return self if is_editor(user) else self.filter(may_read(user, "record__"))


class AuthorQuerySet(_OfRecord):
    """Authors."""


class IdentifierQuerySet(_OfRecord):
    """Identifiers."""


class PracticeQuerySet(_OfRecord):
    """Practices."""


class RelationQuerySet(_OfRecord):
    """Relations."""

    def visible_to(self, user: Any) -> "RelationQuerySet":
        """Those of which `user` may read both ends."""
        return self if is_editor(user) else self.filter(may_read(user, "record__") & may_read(user, "other__"))


class FileQuerySet(_OfRecord):
    """Files."""

    def downloadable_by(self, user: Any) -> "FileQuerySet":
        """Those whose bytes `user` may have: `publications.download_file` for many."""
        harmless = self.filter(scan_state__in=(ScanState.CLEAN, ScanState.NOT_ASKED))
        if is_editor(user):
            return harmless
        free = Q(record__state=RecordState.PUBLISHED) & ~Q(record__licence__in=DESCRIBED_ONLY) & for_readers(user, "record__")
        if not is_present(user):
            return harmless.filter(free & ~Q(record__access=Access.REQUEST))
        grants = apps.get_model("publications", "AccessRequest").objects.filter(
            record=OuterRef("record"), user=user, state=RequestState.GRANTED, until__gte=network_day()
        )
        return harmless.filter((free & (~Q(record__access=Access.REQUEST) | Exists(grants))) | Q(record__proposed_by=user))

    def newest(self) -> "FileQuerySet":
        """Without the versions that a newer one replaces."""
        return self.filter(replaced_by=None)


class AccessRequestQuerySet(models.QuerySet[Any]):
    """Requests for access."""

    def visible_to(self, user: Any) -> "AccessRequestQuerySet":
        """An editor sees all, others their own."""
        if is_editor(user):
            return self
        return self.filter(user=user) if is_present(user) else self.none()

    def waiting(self) -> "AccessRequestQuerySet":
        """Those nobody has answered, oldest first."""
        return self.filter(state=RequestState.ASKED).order_by("id")


class CollectionQuerySet(models.QuerySet[Any]):
    """Collections."""

    def visible_to(self, user: Any) -> "CollectionQuerySet":
        """Published ones open to all, and those of one's own groups; an editor sees all."""
        if is_editor(user):
            return self
        shown = Q(group=None) | Q(open_to_all=True)
        if sits := groups_of(user):
            shown |= Q(group__in=sits)
        return self.filter(shown, published=True)


class CollectionItemQuerySet(models.QuerySet[Any]):
    """Records in collections."""

    def visible_to(self, user: Any) -> "CollectionItemQuerySet":
        """Those of which `user` may read collection and record; what was withdrawn is left out for everybody."""
        shown = apps.get_model("publications", "Collection").objects.visible_to(user)
        records = apps.get_model("publications", "Record").objects.listed_for(user)
        return self.filter(collection__in=shown.values("pk"), record__in=records.order_by().values("pk"))


class SavedSearchQuerySet(models.QuerySet[Any]):
    """Saved searches."""

    def visible_to(self, user: Any) -> "SavedSearchQuerySet":
        """One's own, nobody else's, whoever asks."""
        return self.filter(user=user) if is_present(user) else self.none()


class SearchDocQuerySet(models.QuerySet[Any]):
    """What the search reads."""

    def listed_for(self, user: Any) -> "SearchDocQuerySet":
        """The words of the records that lists show `user`: `Record.listed_for` on the row that holds the words."""
        shown = Q() if is_editor(user) else for_readers(user, "record__")
        return self.filter(shown, record__state__in=LISTED)
