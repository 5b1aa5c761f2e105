"""Addresses of answers to comments, of objections to them, and of a round's map."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import answer_acts, answer_groups, answers, heat, objections

urlpatterns = [
    path(_("comments/<str:code>/object/"), objections.answer_object, name="answer_object"),
    path(_("<slug:slug>/rounds/<int:round>/map/"), heat.round_map, name="round_map"),
    path(_("<slug:slug>/workspace/answers/"), answers.answer_queue, name="answer_queue"),
    path(_("<slug:slug>/workspace/answers/act/"), answer_acts.answers_act, name="answers_act"),
    path(_("<slug:slug>/workspace/answers/templates/"), answer_groups.answer_templates, name="answer_templates"),
    path(_("<slug:slug>/workspace/answers/templates/<int:pk>/"), answer_groups.answer_template, name="answer_template"),
    path(
        _("<slug:slug>/workspace/answers/templates/<int:pk>/delete/"), answer_groups.answer_template_delete, name="answer_template_delete"
    ),
    path(_("<slug:slug>/workspace/answers/groups/<int:pk>/"), answer_groups.answer_group, name="answer_group"),
    path(_("<slug:slug>/workspace/answers/groups/<int:pk>/dissolve/"), answer_groups.answer_group_dissolve, name="answer_group_dissolve"),
    path(_("<slug:slug>/workspace/answers/<str:code>/"), answers.answer_write, name="answer_write"),
    path(_("<slug:slug>/workspace/answers/<str:code>/note/"), answers.answer_note, name="answer_note"),
    path(_("<slug:slug>/workspace/answers/<str:code>/return/"), answers.answer_return, name="answer_return"),
    path(_("<slug:slug>/workspace/answers/<str:code>/link/"), answers.answer_link, name="answer_link"),
    path(_("<slug:slug>/workspace/answers/<str:code>/again/"), objections.answer_again, name="answer_again"),
]
