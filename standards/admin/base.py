"""What the pages of this room share: refusals that lose no words, pages with a form of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise

from red_mpe.core.admin import SecretariatAdmin, TranslatedAdmin
from red_mpe.core.http import see_other
from red_mpe.core.states import DomainError

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A page that asks once more before something happens: what it is called, what it does, which button says so."""

    title: Words
    lead: Words
    button: Words
    done: Words = ""


class Bare:
    """Forms without the buttons that open another thing in a small window: they lose what was written here."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class Room(Bare, SecretariatAdmin):
    """One kind of thing of this room."""

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/secretariat.css",)}

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show an action's refusal above the form, with everything that was written still in it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as refusal:
            request.refusal = str(refusal)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form; one that was refused says why."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def may_still(self, request: HttpRequest, free: bool) -> bool:
        """Tell whether to offer a change: not of what has become fixed. A save that comes too late is answered by its action."""
        return free or request.method == "POST"

    def ask(
        self,
        request: HttpRequest,
        step: Step,
        thing: Any,
        form: forms.Form,
        act: Callable[[], Any],
        *,
        template: str = "step",
        more: Callable[[], dict[str, Any]] = dict,
    ) -> HttpResponse:
        """Ask with `form`, then do `act` and return to the thing; a refusal stays on the page with what was written.

        `template` and what `more` returns are for a page that has more to show.
        """
        if request.method == "POST" and form.is_valid():
            try:
                act()
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, str(step.done))
                return see_other(self.address(thing))
        context = {"title": step.title, "step": step, "thing": thing, "form": form, "back": self.address(thing)}
        return self.page(request, template, **context, **more())

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """Answer with one of our pages in the admin's frame."""
        return TemplateResponse(request, f"admin/standards/{template}.html", {**self.admin_site.each_context(request), **context})


class TranslatedRoom(TranslatedAdmin, Room):
    """One kind of thing of this room with language tabs."""


def _refused(form: Any, refusal: str) -> Any:
    class Refused(form):
        def clean(self) -> Any:
            data = super().clean()
            self.add_error(None, refusal)
            return data

    return Refused


def changed(form: Any) -> dict[str, Any]:
    """Return what was changed in a valid form, by column."""
    return {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}


def adopt(thing: Any, made: Any) -> None:
    """Let the admin's own object stand for what the action has made."""
    thing.__dict__.update(made.__dict__)


def allow(request: HttpRequest, permission: str, thing: Any = None) -> None:
    """Go on only for who may, before a page is even shown."""
    if not request.user.has_perm(permission, thing):  # type: ignore[union-attr]
        raise PermissionDenied(permission)


def listing(model: type[Model], **query: Any) -> str:
    """Return the address of a list in the admin with filters set."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + (f"?{words}" if words else "")
