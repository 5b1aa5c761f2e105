"""Addresses of versions, their change logs, redlines, histories and errata."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import carrying, history, redlines, versions

urlpatterns = [
    path(_("<slug:slug>/versions/"), versions.version_list, name="version_list"),
    path(_("<slug:slug>/versions/<str:number>/"), versions.version_record, name="version_record"),
    path(_("<slug:slug>/versions/<str:number>/text.json"), versions.version_text, name="version_text"),
    path(_("<slug:slug>/changes/"), redlines.redline_choose, name="redline_choose"),
    path(_("<slug:slug>/changes/<str:old>/<str:new>/"), redlines.redline_detail, name="redline"),
    path(_("<slug:slug>/history/<uuid:uuid>/"), history.clause_history, name="clause_history"),
    path(_("<slug:slug>/workspace/versions/"), versions.workspace_versions, name="workspace_versions"),
    path(_("<slug:slug>/workspace/versions/<str:number>/"), versions.workspace_version, name="workspace_version"),
    path(_("<slug:slug>/workspace/versions/<str:number>/changes/<uuid:uuid>/"), versions.change_edit, name="change_edit"),
    path(_("<slug:slug>/workspace/versions/<str:number>/close/"), versions.version_close, name="version_close"),
    path(_("<slug:slug>/workspace/versions/<str:number>/errata/"), versions.erratum_add, name="erratum_add"),
    path(_("<slug:slug>/workspace/carry/"), carrying.carry, name="workspace_carry"),
    path(_("<slug:slug>/workspace/carry/all/"), carrying.carry_all, name="carry_all"),
]
