"""Addresses of stages, guards and the planning of rounds."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import overview, process, rounds, terms

urlpatterns = [
    path(_("<slug:slug>/process/"), process.process, name="process"),
    path(_("<slug:slug>/terms-of-reference/"), terms.terms, name="terms"),
    path(_("<slug:slug>/workspace/"), overview.overview, name="workspace"),
    path(_("<slug:slug>/workspace/terms-of-reference/"), terms.work_terms, name="work_terms"),
    path(_("<slug:slug>/workspace/terms-of-reference/publish/"), terms.work_terms_publish, name="work_terms_publish"),
    path(_("<slug:slug>/workspace/committee/"), process.work_committee, name="work_committee"),
    path(_("<slug:slug>/workspace/moves/<slug:move>/"), process.work_move, name="work_move"),
    path(_("<slug:slug>/workspace/rounds/"), rounds.work_rounds, name="work_rounds"),
    path(_("<slug:slug>/workspace/rounds/plan/"), rounds.work_round_plan, name="work_round_plan"),
    path(_("<slug:slug>/workspace/rounds/<int:round>/"), rounds.work_round, name="work_round"),
    path(_("<slug:slug>/workspace/rounds/<int:round>/announce/"), rounds.work_round_announce, name="work_round_announce"),
    path(_("<slug:slug>/workspace/rounds/<int:round>/waive/"), rounds.work_round_waive, name="work_round_waive"),
]
