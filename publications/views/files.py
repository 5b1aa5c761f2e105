"""The files of a record, for those who look after it: adding, new versions, describing, removing, reading again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publications.actions import files as acts
from publications.enums import IN_HAND
from publications.forms.files import AddForm, DescribeForm, RemoveForm
from publications.models import File, Record
from publications.views.file_rows import files_of
from red_mpe.core.http import MemberRequest, render_part, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

FILES_AN_HOUR = 60
_ROOM = 1_000_000  # bytes that the other fields of a form may take
View = Callable[..., HttpResponse]


def refuse_heavy(view: View) -> View:
    """Answer 413 with the limit in words before a byte of a body over it is read.

    The check of the form's token would read the body, so that it comes after: exempt outside, protected inside.
    """
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        size = request.headers.get("Content-Length", "")
        if request.method == "POST" and size.isdigit() and int(size) > settings.LIBRARY_FILE_LIMIT + _ROOM:
            context = {"limit": settings.LIBRARY_FILE_LIMIT, "size": int(size), "back": request.path}
            return render(request, "publications/files/too_large.html", context, status=413)
        return guarded(request, *args, **kwargs)

    return looked_at


def find_record(request: HttpRequest, code: str, permission: str = "publications.change_record") -> Record:
    """Return the record, or 404 when it is not for this reader, 403 when they may not do this to it."""
    record: Record = get_object_or_404(Record.objects.visible_to(request.user), code=code)
    require(request.user, permission, record)
    return record


def _find_file(request: HttpRequest, code: str, number: int, permission: str = "publications.change_file") -> File:
    files = File.objects.visible_to(request.user).select_related("record")
    file: File = get_object_or_404(files, record__code=code, number=number)
    require(request.user, permission, file)
    return file


def _list_url(code: str) -> str:
    return reverse("publications:file_list", args=[code])


@require_safe
def file_list(request: MemberRequest, code: str) -> HttpResponse:
    """All files of a record and how far each has been read; the list renews itself while reading goes on."""
    record = find_record(request, code)
    context = {"record": record, "files": files_of(request, record), "removed": record.removed_files.all()}
    return render_part(request, "publications/files/list.html", context, "files")


@refuse_heavy
@require_http_methods(["GET", "HEAD", "POST"])
def file_add(request: MemberRequest, code: str) -> HttpResponse:
    """Add a file to the record."""
    return _upload(request, find_record(request, code), None)


@refuse_heavy
@require_http_methods(["GET", "HEAD", "POST"])
def file_replace(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Add the next version of a file; the former stays for whoever cited it."""
    file = _find_file(request, code, number)
    return _upload(request, file.record, file)


def _upload(request: MemberRequest, record: Record, replaces: File | None) -> HttpResponse:
    initial = {"description": replaces.description, "language": replaces.language} if replaces else {}
    form = AddForm(request.POST or None, request.FILES or None, limit=settings.LIBRARY_FILE_LIMIT, initial=initial)

    def act() -> str:
        refuse_too_many(request, "file", FILES_AN_HOUR, 3600)
        file = acts.add_file(record=record, actor=request.user, replaces=replaces, **form.cleaned_data)
        if "renamed" in file.flags:
            return _("Kept as “%(name)s”: its content is of another type than its name said.") % {"name": file.name}
        return _("“%(name)s” is here. Its words are read in the background.") % {"name": file.name}

    return _sent(request, form, act, "publications/files/upload.html", {"record": record, "replaces": replaces})


@require_http_methods(["GET", "HEAD", "POST"])
def file_describe(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Say what a file is and where in the list it stands."""
    file = _find_file(request, code, number)
    initial = {"description": file.description, "language": file.language, "position": file.position}
    form = DescribeForm(request.POST or None, initial=initial)

    def act() -> str:
        acts.describe_file(file=file, actor=request.user, **form.cleaned_data)
        return _("Saved.")

    return _sent(request, form, act, "publications/files/describe.html", {"record": file.record, "file": file})


@require_http_methods(["GET", "HEAD", "POST"])
def file_remove(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Take a file with its earlier versions out of the record."""
    file = _find_file(request, code, number)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = file.record.state not in IN_HAND

    def act() -> str:
        acts.remove_file(file=file, actor=request.user, **form.cleaned_data)
        return _("“%(name)s” was removed.") % {"name": file.name}

    return _sent(request, form, act, "publications/files/remove.html", {"record": file.record, "file": file})


@require_POST
def file_read(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Have a file read once more."""
    file = _find_file(request, code, number, "publications.edit_record")
    try:
        acts.read_again(file=file, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return see_other(_list_url(code))


def _sent(request: MemberRequest, form: Any, act: Callable[[], str], template: str, context: dict[str, Any]) -> HttpResponse:
    """Act on a valid form and show the list; otherwise the form again, as it was filled, with words."""
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                messages.success(request, act())
                return see_other(_list_url(context["record"].code))
        except (DomainError, TooMany) as error:
            form.add_error(None, str(error))
            status = 429 if isinstance(error, TooMany) else 409
    context |= {"form": form, "cancel": _list_url(context["record"].code)}
    return render(request, template, context, status=status)
