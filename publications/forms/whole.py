"""A record with all its rows as one form: valid together, sent together, and compared together when somebody else was faster."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from publications.enums import PRACTICES
from publications.forms.practice import PracticeForm
from publications.forms.record import RecordForm
from publications.forms.rows import AuthorRow, AuthorRows, IdentifierRows, RelationRows, with_another
from publications.models import Practice, Record
from red_mpe.core.text import redline

ROWS = ("authors", "identifiers", "relations")


@dataclass(frozen=True)
class Difference:
    """One thing that stands otherwise in what was saved in the meantime: both, and the present writer's as changes to the other."""

    label: Any
    theirs: str
    mine: str

    @property
    def changes(self) -> Any:
        return redline(self.theirs, self.mine)


class WholeForm:
    """The form of a record, its rows, and the story where it is a practice."""

    def __init__(self, data: Any, *, record: Record, user: Any) -> None:
        self.data, self.record, self.user = data, record, user
        self._build()

    def _build(self) -> None:
        rows: dict[str, Any] = {"form_kwargs": {"user": self.user}}
        self.record_form = RecordForm(self.data, record=self.record, user=self.user)
        self.authors = AuthorRows(self.data, prefix="authors", initial=_authors(self.record), **rows)
        self.identifiers = IdentifierRows(self.data, prefix="identifiers", initial=_identifiers(self.record), **rows)
        self.relations = RelationRows(self.data, prefix="relations", initial=_relations(self.record, self.user), **rows)
        told = str(self.record_form["kind"].value()) in PRACTICES
        self.practice = PracticeForm(self.data, practice=_practice(self.record)) if told else None

    @property
    def parts(self) -> list[Any]:
        """Everything that is checked."""
        parts = [self.record_form, self.authors, self.identifiers, self.relations, self.practice]
        return [part for part in parts if part is not None]

    def is_valid(self) -> bool:
        """Tell whether all of it holds; every part is checked, so that every error is told at once."""
        return False not in {part.is_valid() for part in self.parts}

    def add_row(self, name: str) -> None:
        """Give one more empty row of a kind; nothing is checked yet and nothing is lost."""
        if name in ROWS:
            self.data = with_another(self.data, name)
            self._build()
        self.is_valid()
        for form in [self.record_form, *self.authors, *self.identifiers, *self.relations, self.practice]:
            if form is not None:
                form.errors.clear()

    @property
    def fields(self) -> dict[str, Any]:
        """What `save_record` takes."""
        rows = {name: getattr(self, name).said() for name in ROWS}
        story = {"practice": self.practice.cleaned_data} if self.practice else {}
        return {**self.record_form.facts, **rows, **story}

    @property
    def seen(self) -> int:
        """The revision that the writer had before them."""
        return int(self.record_form.cleaned_data["revision"])

    def meet(self, present: Record) -> list[Difference]:
        """Take note of what was saved in the meantime: the next sending counts as having seen it. Return what differs."""
        again = self.data.copy()
        again["revision"] = present.revision
        self.record_form.data = again
        said = self.fields
        return [Difference(label, theirs, mine) for label, theirs, mine in _compared(present, said) if theirs != mine]


def _authors(record: Record) -> list[dict[str, Any]]:
    rows = record.authors.select_related("person", "organisation")
    return [AuthorRow.initial_of(author, place) for place, author in enumerate(rows, 1)]


def _identifiers(record: Record) -> list[dict[str, Any]]:
    return [{"scheme": row.scheme, "value": row.value} for row in record.identifiers.all()]


def _relations(record: Record, user: Any) -> list[dict[str, Any]]:
    rows = record.relations.filter(other__in=Record.objects.visible_to(user)).values_list("kind", "other__code")
    return [{"kind": kind, "code": code} for kind, code in rows]


def _practice(record: Record) -> Practice | None:
    return Practice.objects.filter(record=record).first()


def _compared(present: Record, said: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Each thing that can differ with what stands saved and what was sent, in words."""
    rows: list[tuple[Any, str, str]] = []
    for name, sent in said.items():
        if name not in (*ROWS, "practice"):
            rows.append((_label(Record, name), _in_words(getattr(present, name)), _in_words(sent)))
    practice = _practice(present)
    for name, sent in said.get("practice", {}).items():
        rows.append((_label(Practice, name), getattr(practice, name, "") or "", sent))
    names = [row["literal"] or ", ".join(filter(None, (row["family"], row["given"]))) for row in said["authors"]]
    rows.append((_("authors"), "\n".join(str(author) for author in present.authors.all()), "\n".join(names)))
    kept = [": ".join(pair) for pair in said["identifiers"]]
    rows.append((_("identifiers"), "\n".join(f"{row.scheme}: {row.value}" for row in present.identifiers.all()), "\n".join(sorted(kept))))
    return rows


def _label(model: Any, name: str) -> Any:
    return model._meta.get_field(name).verbose_name


def _in_words(value: Any) -> str:
    """Return a value as a person reads it, each of several on a line."""
    if hasattr(value, "all"):
        value = value.all()
    if value is None or isinstance(value, str):
        return value or ""
    return "\n".join(sorted(str(one) for one in value)) if hasattr(value, "__iter__") else str(value)
