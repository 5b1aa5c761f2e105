"""Groups of comments answered together, and templates of answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.states import DomainError
from standards.actions import answers as acts
from standards.forms.answers import TemplateForm, WordsForm
from standards.models import AnswerGroup, AnswerTemplate, Framework
from standards.querysets import queue
from standards.views.answer_acts import tell
from standards.views.overwriting import refused
from standards.views.workspace import find_workspace, workspace


@require_http_methods(["GET", "HEAD", "POST"])
def answer_group(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """A group of comments, answered once for all of them."""
    framework = find_workspace(request.user, slug, "standards.write_answer")
    group = _find_group(framework, pk)
    initial = {"revision": acts.group_mark(group)}
    form = WordsForm(request.POST or None, initial=initial, framework=framework, since=group.consultation.version_id)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                tell(request, acts.answer_group(actor=request.user, group=group, words=form.words(), mark=form.cleaned_data["revision"]))
                return see_other(request.path)
            except DomainError as error:
                status = 409
                form.data = {**request.POST.dict(), **initial}
                form.add_error(None, str(error))
    context = workspace(request, framework, "answer_queue") | {"group": group, "form": form, "rows": _rows(framework, group)}
    return render(request, "standards/answers/group.html", context, status=status)


def _find_group(framework: Framework, pk: int) -> AnswerGroup:
    groups = AnswerGroup.objects.select_related("consultation__version", "consultation__framework__rules")
    group: AnswerGroup = get_object_or_404(groups, pk=pk, consultation__framework=framework)
    return group


def _rows(framework: Framework, group: AnswerGroup) -> list[queue.QueueRow]:
    return queue.rows(queue.to_answer(framework).filter(answer__group=group).order_by("code"), framework)


@require_POST
def answer_group_dissolve(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a group apart."""
    group = _find_group(find_workspace(request.user, slug, "standards.write_answer"), pk)
    acts.dissolve_group(actor=request.user, group=group)
    messages.success(request, _("The group is dissolved. Its comments and their answers stay."))
    return see_other(reverse("standards:answer_queue", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_templates(request: MemberRequest, slug: str) -> HttpResponse:
    """The templates of a framework, and a form for another one."""
    return _kept(request, find_workspace(request.user, slug, "standards.write_answer"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_template(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a template. Words for one that was taken away in the meantime come back in the form of a new one."""
    framework = find_workspace(request.user, slug, "standards.write_answer")
    template = AnswerTemplate.objects.filter(pk=pk, framework=framework).first()
    if template is None and request.method != "POST":
        raise Http404
    return _kept(request, framework, template or AnswerTemplate(pk=pk, framework=framework))


def _kept(request: MemberRequest, framework: Framework, template: AnswerTemplate | None) -> HttpResponse:
    form, refusal = TemplateForm(request.POST if request.method == "POST" else None, template=template), {}
    if form.is_valid():
        said: dict[str, Any] = {"titles": form.titles, "reasons": form.reasons, "template": template}
        said |= {name: form.cleaned_data[name] for name in ("disposition", "seen")}
        refusal = refused(form, lambda: acts.save_template(actor=request.user, framework=framework, **said))
        if not refusal:
            messages.success(request, _("The template is kept."))
            return see_other(reverse("standards:answer_templates", args=[framework.slug]))
    known = AnswerTemplate.objects.for_framework(framework)
    gone = template is not None and not any(one.pk == template.pk for one in known)
    context = workspace(request, framework, "answer_queue") | {"form": form, "templates": known, **refusal}
    context["template"] = None if gone else template
    return render(
        request, "standards/answers/templates.html", context, status=409 if refusal.get("both") else 422 if form.is_bound else 200
    )


@require_POST
def answer_template_delete(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a template away."""
    framework = find_workspace(request.user, slug, "standards.write_answer")
    acts.delete_template(actor=request.user, template=get_object_or_404(AnswerTemplate, pk=pk, framework=framework))
    messages.success(request, _("The template is gone. Answers made with it keep their words."))
    return see_other(reverse("standards:answer_templates", args=[slug]))
