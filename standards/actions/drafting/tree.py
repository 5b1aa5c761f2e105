"""The tree of a version while its row is locked: who stands under whom and in which order, written back as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError, StaleState
from standards.models import ClauseText, Version

Key = int | None


@dataclass
class Tree:
    """Clauses by their keys; None is the version itself."""

    children: dict[Key, list[int]]
    parent: dict[int, Key]
    labels: dict[int, str]
    _first: int = 0
    _was: dict[int, tuple[Key, int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, version: Version) -> "Tree":
        """Read the tree in one query. The caller has locked the version."""
        tree = cls(children={None: []}, parent={}, labels={})
        rows = list(version.texts.order_by("position").values_list("pk", "parent_id", "position", "depth", "label"))
        tree._first = rows[0][2] if rows else 0
        for key, parent, position, depth, label in rows:
            tree.children.setdefault(parent, []).append(key)
            tree.parent[key], tree.labels[key], tree._was[key] = parent, label, (parent, position, depth)
        return tree

    def siblings(self, key: int) -> list[int]:
        """Return the clauses under the same clause, itself among them."""
        self.know(key)
        return self.children[self.parent[key]]

    def know(self, *keys: Key) -> None:
        """Raise StaleState where one of `keys` has left the version in the meantime."""
        if any(key is not None and key not in self.parent for key in keys):
            raise StaleState

    def under(self, key: int) -> Iterator[int]:
        """Yield everything below a clause, in order of reading."""
        for child in self.children.get(key, []):
            yield child
            yield from self.under(child)

    def put(self, key: int, parent: Key, after: Key) -> None:
        """Put a clause, new or known, under `parent` behind its child `after` (None: first). Refused below itself."""
        self.know(parent, after)
        if key in self.parent:
            if parent == key or any(parent == below for below in self.under(key)):
                raise DomainError(_("A clause cannot stand under itself. Choose another place."))
            self.siblings(key).remove(key)
        family = self.children.setdefault(parent, [])
        if after is not None and after not in family:
            raise StaleState
        family.insert(0 if after is None else family.index(after) + 1, key)
        self.parent[key] = parent

    def take_out(self, key: int) -> None:
        """Take out a clause under which nothing stands any more."""
        self.siblings(key).remove(key)
        del self.parent[key], self._was[key]

    def places(self) -> dict[int, tuple[Key, int, int]]:
        """Return parent, position and depth of every clause in the order of reading."""
        found: dict[int, tuple[Key, int, int]] = {}
        for key in (place for top in self.children[None] for place in (top, *self.under(top))):
            parent = self.parent[key]
            found[key] = (parent, self._first + len(found), found[parent][2] + 1 if parent is not None else 0)
        return found

    def write(self) -> None:
        """Write what has changed: places are unique when the transaction ends."""
        rows = [
            ClauseText(pk=key, parent_id=parent, position=position, depth=depth)
            for key, (parent, position, depth) in self.places().items()
            if self._was.get(key) != (parent, position, depth)
        ]
        ClauseText.objects.bulk_update(rows, ["parent", "position", "depth"])


def reload(text: ClauseText) -> Any:
    """Return the clause text as it is now, with version, framework and clause; StaleState where it has left the version."""
    found = ClauseText.objects.select_related("version__framework", "clause", "parent").filter(pk=text.pk).first()
    if found is None:
        raise StaleState
    return found
