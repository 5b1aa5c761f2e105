"""Records of the library as rows, for tests that are not about how they came."""

from datetime import timedelta

from django.utils import timezone

from publications.actions.codes import next_code
from publications.actions.indexing import index_record
from publications.enums import SHOWN, Access, Licence, RecordKind, RecordState
from publications.models import Author, Collection, CollectionItem, Identifier, Record
from red_mpe.core.locale import network_day


def make_record(title="Oro sin mercurio", *, state=RecordState.PUBLISHED, kind=RecordKind.FACTSHEET, **fields):
    """A record in Spanish, public and free to share unless said otherwise, ready to be found."""
    fields = {"abstract_es": "Cómo recuperar oro sin mercurio.", "languages": ["es"], "licence": Licence.CC_BY, "issued": "2024"} | fields
    if state in SHOWN:
        fields.setdefault("published_at", timezone.now())
    if state == RecordState.EMBARGOED:
        fields.setdefault("embargo_until", network_day() + timedelta(days=30))
    if state == RecordState.WITHDRAWN:
        fields.setdefault("withdrawn_reason", "Retirado a pedido de su autora.")
        fields.setdefault("withdrawn_at", timezone.now())
    record = Record.objects.create(code=next_code(), title_es=title, state=state, kind=kind, **fields)
    index_record(record)
    return record


def make_author(record, family="Quispe", given="Rosa", **fields):
    """A person on the title page; with `literal` a body."""
    named = {} if "literal" in fields else {"family": family, "given": given}
    return Author.objects.create(record=record, position=record.authors.count(), **named, **fields)


def make_identifier(record, scheme="doi", value="10.1787/9789264252479-en", **fields):
    """A name of the work elsewhere."""
    return Identifier.objects.create(record=record, scheme=scheme, value=value, **fields)


def make_collection(slug="sin-mercurio", *records, **fields):
    """A published collection of those records."""
    collection = Collection.objects.create(slug=slug, **{"title_es": "Sin mercurio", "published": True, **fields})
    for position, record in enumerate(records):
        CollectionItem.objects.create(collection=collection, record=record, position=position, note_es="Para empezar.")
    return collection


def make_group_record(group, **fields):
    """A record that one group alone may read."""
    return make_record("Acta reservada", access=Access.GROUP, access_group=group, **fields)
