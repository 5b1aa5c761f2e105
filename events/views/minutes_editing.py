"""Writing minutes: the page of the whole, the page of one item, and everything that is sent from them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import actions
from events.actions.keeping import WrittenMeanwhile
from events.actions.minutes_present import mark_present
from events.forms.minutes import ItemForm, NewItemForm, OpeningForm, PresenceForm, ResolutionForm, Takers, TaskForm
from events.models import Minutes, MinutesItem, Resolution, Task
from events.querysets.minuted import items_of
from events.querysets.presence import members_at, seats_of_event
from events.views.details import find_event
from events.views.minutes import about, find_minutes
from members.models import Organisation, Person
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

UP, DOWN = -1, 1


def kept(request: MemberRequest, slug: str) -> Minutes:
    """Return the minutes for who keeps them."""
    minutes = find_minutes(request.user, slug)
    require(request.user, "events.write_minutes", minutes)
    return minutes


def _item(minutes: Minutes, pk: int) -> MinutesItem:
    item: MinutesItem | None = MinutesItem.objects.select_related("minutes__event").filter(minutes=minutes, pk=pk).first()
    if item is None:
        raise Http404
    return item


def _under(model: Any, minutes: Minutes, **key: Any) -> Any:
    thing = model.objects.select_related("item__minutes__event").filter(item__minutes=minutes, **key).first()
    if thing is None:
        raise Http404
    return thing


# --- the whole


def _whole(request: MemberRequest, minutes: Minutes, status: int = 200, **bound: Any) -> HttpResponse:
    forms: dict[str, Any] = {
        "opening": OpeningForm(thing=minutes, auto_id="o-%s"),
        "item": NewItemForm(sessions=_sessions(minutes), auto_id="i-%s"),
        "presence": _presence(request, minutes),
    }
    context = {**about(request, minutes), "items": items_of([minutes.pk], request.user)[minutes.pk], "forms": forms | bound}
    return render(request, "events/minutes/edit.html", context, status=status)


def _presence(request: MemberRequest, minutes: Minutes, data: Any = None) -> PresenceForm:
    seats = seats_of_event(minutes.event, request.user, members_at(minutes.event))
    return PresenceForm(data, seats=seats, mode=minutes.event.mode, auto_id="p-%s")


def _sessions(minutes: Minutes) -> list[tuple[int, str]]:
    return [(session.pk, told(session, "title").text or session.slug) for session in minutes.event.sessions.order_by("starts_at", "pk")]


@require_safe
def minutes_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """The minutes as who keeps them sees them: who was there, the opening words, the items in their order; or how to begin."""
    event = find_event(request.user, slug)
    require(request.user, "events.run_event", event)
    if not Minutes.objects.filter(event=event).exists():
        return render(request, "events/minutes/none.html", {"event": event, "title": told(event, "title")})
    return _whole(request, kept(request, slug))


def _answered(
    form: Any, act: Callable[[], Any], again: Callable[[int, Any], HttpResponse], onward: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do it and lead on; or show the form again with every word in it, beside what somebody else has written in between."""
    if not form.is_valid():
        return again(422, form)
    try:
        act()
    except WrittenMeanwhile as refusal:
        form.add_error(None, str(refusal))
        form.show_both(refusal.present)
        return again(409, form)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return again(409, form)
    return onward()


def _to_whole(request: MemberRequest, minutes: Minutes, done: str, at: str = "") -> HttpResponse:
    messages.success(request, done)
    return see_other(reverse("events:minutes_edit", args=[minutes.event.slug]) + at)


@require_POST
def minutes_opening(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep the words before the items."""
    minutes = kept(request, slug)
    form = OpeningForm(request.POST, auto_id="o-%s")
    return _answered(
        form,
        lambda: actions.write_opening(minutes=minutes, actor=request.user, opening=form.written("opening"), seen=form.cleaned_data["seen"]),
        lambda status, bound: _whole(request, minutes, status, opening=bound),
        lambda: _to_whole(request, minutes, _("The opening words are kept."), "#opening"),
    )


@require_POST
def minutes_present(request: MemberRequest, slug: str) -> HttpResponse:
    """Note who was there."""
    minutes = kept(request, slug)
    form = _presence(request, minutes, request.POST)

    def note() -> None:
        listed = Person.objects.filter(pk__in=[seat.pk for seat in form.seats])
        mark_present(minutes=minutes, actor=request.user, listed=listed, present=form.present())

    return _answered(
        form,
        note,
        lambda status, bound: _whole(request, minutes, status, presence=bound),
        lambda: _to_whole(request, minutes, _("It is noted who was there."), "#present"),
    )


@require_POST
def minutes_item_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Add an item, and lead to its page."""
    minutes, made = kept(request, slug), []
    form = NewItemForm(request.POST, sessions=_sessions(minutes), auto_id="i-%s")

    def add() -> None:
        session = minutes.event.sessions.filter(pk=form.session_key).first()
        made.append(actions.add_item(minutes=minutes, actor=request.user, title=form.written("title"), session=session))

    return _answered(
        form,
        add,
        lambda status, bound: _whole(request, minutes, status, item=bound),
        lambda: see_other(reverse("events:minutes_item", args=[slug, made[0].pk])),
    )


@require_POST
def minutes_item_move(request: MemberRequest, slug: str, item: int, way: str) -> HttpResponse:
    """Move an item one place up or down."""
    minutes = kept(request, slug)
    by = {"up": UP, "down": DOWN}.get(way)
    if by is None:
        raise Http404
    return _tried(request, minutes, lambda: actions.move_item(item=_item(minutes, item), actor=request.user, by=by), _("It is moved."))


@require_POST
def minutes_item_remove(request: MemberRequest, slug: str, item: int) -> HttpResponse:
    """Take an item away."""
    minutes = kept(request, slug)
    found = _item(minutes, item)
    return _tried(request, minutes, lambda: actions.remove_item(item=found, actor=request.user), _("The item is gone."))


def _tried(request: MemberRequest, minutes: Minutes, act: Callable[[], Any], done: str, url: str = "") -> HttpResponse:
    """Do what has no words to lose; a refusal is a message."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return see_other(url or reverse("events:minutes_edit", args=[minutes.event.slug]) + "#items")


# --- one item


def _takers(request: MemberRequest, item: MinutesItem) -> Takers:
    """Who can take a task: of a group's meeting its people, otherwise every member that the writer sees; and whoever has one already."""
    event = item.minutes.event
    seats = seats_of_event(event, request.user, {})
    people = [(seat.pk, seat.name) for seat in seats]
    shown = Person.objects.visible_to(request.user)
    more = shown.filter(tasks__item=item) if people else shown
    people += [(pk, name) for pk, name in more.order_by("name", "pk").distinct().values_list("pk", "name") if pk not in dict(people)]
    bodies = Organisation.objects.visible_to(request.user).order_by("name", "pk").values_list("pk", "name")
    return {"person": people, "organisation": list(bodies)}


def _page(request: MemberRequest, item: MinutesItem, /, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of an item; `bound` gives forms that were sent, by the name of what they write."""
    minutes, takers = item.minutes, _takers(request, item)
    row = next(row for row in items_of([minutes.pk], request.user)[minutes.pk] if row.pk == item.pk)
    resolutions = {one.pk: one for one in item.resolutions.all()}
    tasks = {one.pk: one for one in item.tasks.all()}
    places = list(minutes.items.order_by("position", "pk").values_list("pk", flat=True))
    here = places.index(item.pk)
    context = {
        **about(request, minutes),
        "item": row,
        "number": here + 1,
        "before": places[here - 1] if here else None,
        "after": places[here + 1] if here + 1 < len(places) else None,
        "form": bound.get("item") or ItemForm(thing=item, sessions=_sessions(minutes), auto_id="i-%s"),
        "resolutions": [(one, bound.get(f"r{one.pk}") or _resolution(resolutions[one.pk])) for one in row.resolutions],
        "tasks": [(one, bound.get(f"t{one.pk}") or _task(tasks[one.pk], takers)) for one in row.tasks],
        "new_resolution": bound.get("r0") or ResolutionForm(auto_id="r0-%s"),
        "new_task": bound.get("t0") or TaskForm(takers=takers, auto_id="t0-%s"),
        "is_numbered": minutes.published_at is not None,
    }
    return render(request, "events/minutes/item.html", context, status=status)


def _resolution(thing: Resolution) -> ResolutionForm:
    return ResolutionForm(thing=thing, auto_id=f"r{thing.pk}-%s")


def _task(thing: Task, takers: Takers) -> TaskForm:
    return TaskForm(thing=thing, takers=takers, auto_id=f"t{thing.pk}-%s")


def _to_item(request: MemberRequest, item: MinutesItem, done: str, at: str = "") -> HttpResponse:
    messages.success(request, done)
    return see_other(reverse("events:minutes_item", args=[item.minutes.event.slug, item.pk]) + at)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_item(request: MemberRequest, slug: str, item: int) -> HttpResponse:
    """One item: its words, and what was resolved and taken under it, each saved by itself."""
    found = _item(kept(request, slug), item)
    if request.method != "POST":
        return _page(request, found)
    form = ItemForm(request.POST, sessions=_sessions(found.minutes), auto_id="i-%s")

    def change() -> None:
        words = {"title": form.written("title"), "summary": form.written("summary"), "seen": form.cleaned_data["seen"]}
        more = {"session": found.minutes.event.sessions.filter(pk=form.session_key).first()} if "session" in form.fields else {}
        actions.change_item(item=found, actor=request.user, **words, **more)

    return _answered(
        form, change, lambda status, bound: _page(request, found, status, item=bound), lambda: _to_item(request, found, _("It is kept."))
    )


@require_POST
def resolution_add(request: MemberRequest, slug: str, item: int) -> HttpResponse:
    """Write down a decision or an agreement."""
    found = _item(kept(request, slug), item)
    form = ResolutionForm(request.POST, auto_id="r0-%s")
    return _answered(
        form,
        lambda: actions.add_resolution(item=found, actor=request.user, kind=form.cleaned_data["kind"], text=form.written("text")),
        lambda status, bound: _page(request, found, status, r0=bound),
        lambda: _to_item(request, found, _("It is written down."), "#resolutions"),
    )


@require_POST
def resolution_change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a decision or an agreement."""
    found = _under(Resolution, kept(request, slug), pk=pk)
    form = ResolutionForm(request.POST, auto_id=f"r{pk}-%s")

    def change() -> None:
        facts = {"kind": form.cleaned_data["kind"], "text": form.written("text"), "seen": form.cleaned_data["seen"]}
        actions.change_resolution(resolution=found, actor=request.user, **facts)

    return _answered(
        form,
        change,
        lambda status, bound: _page(request, found.item, status, **{f"r{pk}": bound}),
        lambda: _to_item(request, found.item, _("It is kept."), "#resolutions"),
    )


@require_POST
def resolution_remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a decision or an agreement away, or strike it out."""
    found = _under(Resolution, kept(request, slug), pk=pk)
    back = reverse("events:minutes_item", args=[slug, found.item_id]) + "#resolutions"
    return _tried(
        request, found.item.minutes, lambda: actions.remove_resolution(resolution=found, actor=request.user), _("It is struck out."), back
    )


def _task_facts(form: TaskForm) -> dict[str, Any]:
    """What the actions take, from a valid form."""
    told = form.cleaned_data
    return {
        "text": form.written("text"),
        "due_on": told["due_on"],
        "person": Person.objects.filter(pk=told["person"]).first() if told["person"] else None,
        "organisation": Organisation.objects.filter(pk=told["organisation"]).first() if told["organisation"] else None,
        "who": told["who"],
    }


@require_POST
def task_add(request: MemberRequest, slug: str, item: int) -> HttpResponse:
    """Write down a task."""
    found = _item(kept(request, slug), item)
    form = TaskForm(request.POST, takers=_takers(request, found), auto_id="t0-%s")
    return _answered(
        form,
        lambda: actions.add_task(item=found, actor=request.user, **_task_facts(form)),
        lambda status, bound: _page(request, found, status, t0=bound),
        lambda: _to_item(request, found, _("The task is written down."), "#tasks"),
    )


@require_POST
def task_change(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Change a task."""
    found = _under(Task, kept(request, slug), code=code)
    form = TaskForm(request.POST, takers=_takers(request, found.item), auto_id=f"t{found.pk}-%s")
    return _answered(
        form,
        lambda: actions.change_task(task=found, actor=request.user, seen=form.cleaned_data["seen"], **_task_facts(form)),
        lambda status, bound: _page(request, found.item, status, **{f"t{found.pk}": bound}),
        lambda: _to_item(request, found.item, _("The task is kept."), "#tasks"),
    )


@require_POST
def task_remove(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Take a task away."""
    found = _under(Task, kept(request, slug), code=code)
    back = reverse("events:minutes_item", args=[slug, found.item_id]) + "#tasks"
    return _tried(request, found.item.minutes, lambda: actions.remove_task(task=found, actor=request.user), _("The task is gone."), back)
