"""Making, filling and ordering collections."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from publications.actions import collections as acts
from publications.models import Collection, CollectionItem
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.publications import make_collection, make_record


@pytest.fixture
def shelf(db):
    """Three records in a published collection."""
    return make_collection("tres", *(make_record(name) for name in ("Uno", "Dos", "Tres")))


def create(actor, once=None, **fields):
    return acts.create_collection(actor=actor, once=once or uuid.uuid4(), **{"title_es": "Sin mercurio", **fields})


def titles(collection):
    return [item.record.title_es for item in collection.items.all()]


def item_of(collection, title):
    return CollectionItem.objects.select_related("collection").get(collection=collection, record__title_es=title)


def test_a_new_collection_waits_for_its_editor(editor):
    collection = create(editor, title_pt="Sem mercúrio", introduction_es="Para empezar.\r\n")
    assert (collection.slug, collection.published, collection.introduction_es) == ("sin-mercurio", False, "Para empezar.")


def test_sent_twice_it_is_one(editor):
    once = uuid.uuid4()
    assert create(editor, once) == create(editor, once)
    assert Collection.objects.count() == 1


def test_two_of_one_name_have_addresses_of_their_own(editor):
    assert [create(editor).slug for _each in range(3)] == ["sin-mercurio", "sin-mercurio-2", "sin-mercurio-3"]


@pytest.mark.parametrize(("title", "slug"), [("Nueva", "nueva-2"), ("…", "collection")])
def test_an_address_never_hides_a_page(editor, title, slug):
    assert create(editor, title_es=title).slug == slug


def test_an_address_may_be_chosen(editor):
    assert create(editor, slug="agua-limpia").slug == "agua-limpia"


def test_new_ones_stand_at_the_end(editor):
    assert [create(editor).position for _each in range(2)] == [0, 1]


def test_a_collection_needs_a_title(editor):
    with override("en"), pytest.raises(DomainError, match="title"):
        create(editor, title_es=" ")


def test_members_make_no_collections(miner):
    with pytest.raises(PermissionDenied):
        create(miner.user)


def test_a_column_that_none_has_is_a_mistake(editor):
    with pytest.raises(ValueError, match="published"):
        create(editor, published=True)


def test_words_are_changed_on_the_revision_that_was_seen(editor, shelf):
    acts.change_collection(actor=editor, collection=shelf, seen=0, title_en="Without mercury", open_to_all=False)
    assert (shelf.title_en, shelf.open_to_all, shelf.revision) == ("Without mercury", False, 1)


def test_who_was_slower_changes_nothing(editor, shelf):
    acts.change_collection(actor=editor, collection=shelf, seen=0, title_en="First")
    with pytest.raises(StaleState):
        acts.change_collection(actor=editor, collection=shelf, seen=0, title_en="Second")
    assert Collection.objects.get().title_en == "First"


def test_the_last_title_stays(editor, shelf):
    with pytest.raises(DomainError):
        acts.change_collection(actor=editor, collection=shelf, seen=0, title_es="")


def test_readers_are_shown_a_collection_and_not_any_more(editor, shelf):
    for seen, published in enumerate((False, True)):
        acts.show_collection(actor=editor, collection=shelf, seen=seen, published=published)
        assert Collection.objects.get().published is published
    verbs = AuditEntry.objects.filter(verb__startswith="publications.collection").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["publications.collection_hidden", "publications.collection_shown"]


def test_an_empty_collection_is_not_shown(editor):
    with override("en"), pytest.raises(DomainError, match="Nothing is in it"):
        acts.show_collection(actor=editor, collection=create(editor), seen=0, published=True)


def test_what_readers_see_is_not_deleted(editor, shelf):
    with pytest.raises(DomainError):
        acts.delete_collection(actor=editor, collection=shelf, seen=0)
    assert Collection.objects.exists()


def test_a_deleted_collection_leaves_its_records(editor, shelf):
    acts.show_collection(actor=editor, collection=shelf, seen=0, published=False)
    acts.delete_collection(actor=editor, collection=shelf, seen=1)
    assert not Collection.objects.exists()
    assert make_record().__class__.objects.count() == 4


def test_a_record_is_added_at_the_end_with_why(editor, shelf):
    item = acts.add_to_collection(actor=editor, collection=shelf, record=make_record("Cuatro"), note_es=" Para cerrar. ")
    assert titles(shelf)[-1] == "Cuatro"
    assert item.note_es == "Para cerrar."


def test_a_record_is_added_once(editor, shelf):
    record = shelf.items.first().record
    acts.add_to_collection(actor=editor, collection=shelf, record=record, note_es="Otra nota.")
    assert titles(shelf) == ["Uno", "Dos", "Tres"]
    assert shelf.items.first().note_es == "Para empezar."


def test_the_first_record_of_a_collection_stands_first(editor):
    item = acts.add_to_collection(actor=editor, collection=create(editor), record=make_record())
    assert item.position == 0


def test_a_note_says_why_in_three_languages(editor, shelf):
    item = acts.note_item(actor=editor, item=item_of(shelf, "Dos"), seen=0, note_es="Sí.", note_en="Yes.", note_pt="Sim.")
    assert (item.note_es, item.note_en, item.note_pt) == ("Sí.", "Yes.", "Sim.")


@pytest.mark.parametrize(
    ("title", "way", "order"),
    [
        ("Dos", "up", "Dos Uno Tres"),
        ("Dos", "down", "Uno Tres Dos"),
        ("Tres", "first", "Tres Uno Dos"),
        ("Uno", "last", "Dos Tres Uno"),
        ("Uno", "up", "Uno Dos Tres"),
        ("Tres", "down", "Uno Dos Tres"),
    ],
)
def test_records_move(editor, shelf, title, way, order):
    acts.move_item(actor=editor, item=item_of(shelf, title), seen=0, way=way)
    assert " ".join(titles(shelf)) == order


def test_there_is_no_other_way(editor, shelf):
    with pytest.raises(ValueError, match="sideways"):
        acts.move_item(actor=editor, item=item_of(shelf, "Uno"), seen=0, way="sideways")


def test_a_removed_record_stays_in_the_library(editor, shelf):
    record = item_of(shelf, "Dos").record
    acts.remove_item(actor=editor, item=item_of(shelf, "Dos"), seen=0)
    assert titles(shelf) == ["Uno", "Tres"]
    record.refresh_from_db()


@pytest.mark.parametrize("act", [acts.note_item, acts.remove_item, lambda **given: acts.move_item(way="up", **given)])
def test_what_another_removed_cannot_be_touched(editor, shelf, act):
    item = item_of(shelf, "Dos")
    CollectionItem.objects.filter(pk=item.pk).delete()
    with pytest.raises(StaleState):
        act(actor=editor, item=item, seen=0)


@pytest.mark.parametrize("act", [acts.note_item, acts.remove_item, lambda **given: acts.move_item(way="up", **given)])
def test_members_order_nothing(miner, shelf, act):
    with pytest.raises(PermissionDenied):
        act(actor=miner.user, item=item_of(shelf, "Dos"), seen=0)


def test_members_add_nothing(miner, shelf):
    with pytest.raises(PermissionDenied):
        acts.add_to_collection(actor=miner.user, collection=shelf, record=make_record())


def test_a_collection_that_is_gone_takes_nothing(editor, shelf):
    Collection.objects.all().delete()
    with pytest.raises(StaleState):
        acts.add_to_collection(actor=editor, collection=shelf, record=make_record())
