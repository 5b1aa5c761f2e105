"""What editors do with collections: making, filling, ordering, showing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.models.texts import Told, told
from publications.actions import collections as acts
from publications.forms.collections import CollectForm, EditCollectionForm, NewCollectionForm, NoteForm
from publications.models import Collection, CollectionItem, Record
from publications.views.collections import items_of
from red_mpe.core.http import MemberRequest, number_of, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState

FOUND = 20  # records that a search for one to add shows


def find_own(request: MemberRequest, slug: str) -> Collection:
    """Return the collection for who may change it; 404 for whom it is not there, 403 for whom it is not theirs."""
    collection: Collection = get_object_or_404(Collection.objects.visible_to(request.user), slug=slug)
    require(request.user, "publications.change_collection", collection)
    return collection


def named(collection: Collection) -> Told:
    """Return what a collection is called."""
    return told(collection, "title") or Told(collection.slug, "", "")


@require_http_methods(["GET", "HEAD", "POST"])
def collection_new(request: MemberRequest) -> HttpResponse:
    """Make a collection."""
    require(request.user, "publications.add_collection")
    form = NewCollectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = acts.create_collection(actor=request.user, once=form.cleaned_data["once"], **form.words())
                return see_other(reverse("publications:collection_edit", args=[made.slug]))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
    return render(request, "publications/collections/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def collection_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """The words of a collection and its records; what somebody else saved in the meantime is shown beside one's own words."""
    collection = find_own(request, slug)
    form = EditCollectionForm(request.POST if request.method == "POST" else None, collection=collection)
    status = _save(request, collection, form) if request.method == "POST" else 200
    if status == 303:
        return see_other(request.path)
    context = {
        "collection": collection,
        "title": named(collection),
        "form": form,
        "items": items_of(collection.items),
        "theirs": _theirs(collection, form) if status == 409 else [],
    }
    return render(request, "publications/collections/edit.html", context, status=status)


def _save(request: MemberRequest, collection: Collection, form: EditCollectionForm) -> int:
    if not form.is_valid():
        return 422
    try:
        acts.change_collection(actor=request.user, collection=collection, seen=form.cleaned_data["seen"], **form.words())
    except StaleState as refusal:
        form.add_error(None, str(refusal))
        collection.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen"] = str(collection.revision)
        return 409
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 422
    messages.success(request, _("Saved."))
    return 303


def _theirs(collection: Collection, form: EditCollectionForm) -> list[tuple[str, str, str]]:
    """What stands there now where it differs from what was sent: label, language, words."""
    fields = [*form.titles, *form.introductions]
    rows = [(field.label, field.field.widget.attrs["lang"], getattr(collection, field.name) or "", field.value() or "") for field in fields]
    return [(label, lang, theirs) for label, lang, theirs, mine in rows if theirs != mine]


@require_http_methods(["GET", "HEAD", "POST"])
def collection_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Look for a record by code or title and put it into the collection."""
    collection = find_own(request, slug)
    here = Record.objects.listed_for(request.user)
    words = (request.POST.get("words") or request.GET.get("words") or "")[:200].strip()
    if request.method == "POST" and (record := here.filter(code=request.POST.get("code", "")[:20]).first()):
        acts.add_to_collection(actor=request.user, collection=collection, record=record)
        messages.success(request, _("“%(title)s” is in the collection.") % {"title": told(record, "title") or record.code})
        return see_other(f"{reverse('publications:collection_add', args=[slug])}?words={words}" if words else _edit(slug))
    inside = set(collection.items.values_list("record_id", flat=True))
    rows = here.named(words)[:FOUND] if words else []
    found = [{"record": row, "title": told(row, "title") or Told(row.code, "", ""), "inside": row.pk in inside} for row in rows]
    context = {"collection": collection, "title": named(collection), "words": words, "found": found}
    return render(request, "publications/collections/add.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def collection_note(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Write why a record is in the collection."""
    collection = find_own(request, slug)
    item = find_item(collection, code)
    form = NoteForm(request.POST if request.method == "POST" else None, item=item)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acts.note_item(actor=request.user, item=item, seen=form.cleaned_data["seen"], **form.notes())
                return see_other(_edit(slug))
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                form.data = form.data.copy()
                form.data["seen"] = str(Collection.objects.values_list("revision", flat=True).get(pk=collection.pk))
                status = 409
    context = {"collection": collection, "title": named(collection), "record_title": told(item.record, "title"), "form": form}
    return render(request, "publications/collections/note.html", context, status=status)


def find_item(collection: Collection, code: str) -> CollectionItem:
    """Return the place of a record in the collection."""
    item: CollectionItem = get_object_or_404(CollectionItem.objects.select_related("record"), collection=collection, record__code=code)
    item.collection = collection
    return item


@require_POST
def collection_move(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Move a record up, down, to the beginning or to the end."""
    item = find_item(find_own(request, slug), code)
    way = request.POST.get("way", "")
    if way not in acts.WAYS:
        return see_other(_edit(slug))
    back = f"{_edit(slug)}#r-{code}"
    return _try(request, back, lambda seen: acts.move_item(actor=request.user, item=item, seen=seen, way=way))


@require_POST
def collection_remove(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Take a record out of the collection."""
    item = find_item(find_own(request, slug), code)
    return _try(request, _edit(slug), lambda seen: acts.remove_item(actor=request.user, item=item, seen=seen))


@require_POST
def collection_show(request: MemberRequest, slug: str) -> HttpResponse:
    """Let readers see the collection, or take it out of their sight."""
    collection, published = find_own(request, slug), request.POST.get("published") == "1"
    act = acts.show_collection
    return _try(request, _edit(slug), lambda seen: act(actor=request.user, collection=collection, seen=seen, published=published))


@require_POST
def collection_delete(request: MemberRequest, slug: str) -> HttpResponse:
    """Delete a collection that readers do not see."""
    collection = find_own(request, slug)
    done = _try(request, "", lambda seen: acts.delete_collection(actor=request.user, collection=collection, seen=seen))
    gone = not Collection.objects.filter(slug=slug).exists()
    done["Location"] = reverse("publications:collection_list") if gone else _edit(slug)
    return done


def _edit(slug: str) -> str:
    return reverse("publications:collection_edit", args=[slug])


def _try(request: MemberRequest, back: str, act: Callable[[int], Any]) -> HttpResponse:
    """Do `act` on the revision that was seen, say what refused it, and lead back."""
    try:
        seen = number_of(request.POST.get("seen", ""))
        if seen is None:
            raise StaleState
        act(seen)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return see_other(back)


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: MemberRequest, code: str) -> HttpResponse:
    """Put one record into a collection, from the record's page."""
    record = get_object_or_404(Record.objects.listed_for(request.user), code=code)
    require(request.user, "publications.add_collection")
    form = CollectForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["collection"]
        acts.add_to_collection(actor=request.user, collection=chosen, record=record, **form.notes())
        messages.success(request, _("“%(title)s” is in the collection.") % {"title": told(record, "title") or record.code})
        return see_other(_edit(chosen.slug))
    context = {"record": record, "title": told(record, "title") or Told(code, "", ""), "form": form}
    return render(request, "publications/collections/collect.html", context, status=422 if request.method == "POST" else 200)
