"""The author objects; another person answers again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.permissions import may_personally
from red_mpe.core.states import DomainError
from standards.actions import answers as acts
from standards.enums import AnswerState
from standards.forms.answers import ObjectionForm, SecondAnswerForm
from standards.models import Answer, Comment
from standards.querysets.answers import public_answers
from standards.views.answers import find_answer
from standards.views.finding import find_comment
from standards.views.workspace import workspace


@require_http_methods(["GET", "HEAD", "POST"])
def answer_object(request: MemberRequest, code: str) -> HttpResponse:
    """Object to the answer to one's own comment, once."""
    comment = find_comment(request.user, code)
    if not may_personally(request.user, "standards.object_to_answer", comment):
        raise PermissionDenied
    answer = get_object_or_404(Answer.objects.for_work(), comment=comment, published_at__isnull=False)
    form = ObjectionForm(request.POST or None, initial={"language": request.user.language})
    done = _("Your objection is there for everybody to read, as your comment is. Another person will answer it.")

    def act() -> None:
        refuse_too_many(request, "objection", 30, 3600)
        acts.object_to_answer(actor=request.user, answer=answer, **form.cleaned_data)

    context: dict[str, Any] = {
        "comment": comment,
        "in_time": acts.may_object(answer),
        "row": public_answers([comment.pk], request.user).get(comment.pk),
        "last": acts.last_day_to_object(answer),
    }
    return _sent(request, form, act, done, reverse("standards:comment_detail", args=[code]), "standards/answers/object.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_again(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Give the second answer to an objection."""
    framework, answer = find_answer(request, slug, code, "standards.answer_again")
    form = SecondAnswerForm(request.POST or None)
    done = _("The second answer is published, and its author is told.")
    persona = Comment.objects.filter(pk=answer.comment.pk).threads(None)
    context = workspace(request, framework, "answer_queue") | {"comment": answer.comment, "answer": answer, "threads": persona}
    context["objected"] = answer.state == AnswerState.OBJECTED

    def act() -> None:
        acts.answer_again(actor=request.user, answer=answer, words=form.words())

    return _sent(request, form, act, done, reverse("standards:answer_write", args=[slug, code]), "standards/answers/again.html", context)


def _sent(
    request: MemberRequest, form: forms.Form, act: Callable[[], Any], done: str, back: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Do what the form says and lead back; refused, everything written stays in it."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except (DomainError, TooMany) as error:
                status = 429 if isinstance(error, TooMany) else 409
                form.add_error(None, str(error))
            else:
                messages.success(request, done)
                return see_other(back)
    return render(request, template, context | {"form": form}, status=status)
