"""Addresses of frameworks, versions, clauses and comments, for who reads and comments."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import clauses, comments, discussing, frameworks

urlpatterns = [
    path("", frameworks.framework_list, name="framework_list"),
    path(_("my-participation/"), comments.my_comments, name="my_comments"),
    path(_("comments/<str:code>/"), comments.comment_detail, name="comment_detail"),
    path(_("comments/<str:code>/reply/"), comments.comment_reply, name="comment_reply"),
    path(_("comments/<str:code>/support/"), comments.comment_support, name="comment_support"),
    path(_("comments/<str:code>/withdraw/"), comments.comment_withdraw, name="comment_withdraw"),
    path(_("comments/<str:code>/shown-as/"), comments.comment_identity, name="comment_identity"),
    path(_("discussed/<slug:slug>/<slug:session>/"), discussing.session_clauses, name="session_clauses"),
    path(_("discussed/<slug:slug>/<slug:session>/<int:pk>/remove/"), discussing.session_clause_remove, name="session_clause_remove"),
    path("<slug:slug>/", frameworks.framework_detail, name="framework_detail"),
    path("<slug:slug>/<str:number>/", frameworks.version_detail, name="version_detail"),
    path("<slug:slug>/<str:number>/<str:label>/", clauses.clause_detail, name="clause_detail"),
    path(_("<slug:slug>/<str:number>/<str:label>/thread/"), clauses.clause_thread, name="clause_thread"),
    path(_("<slug:slug>/<str:number>/<str:label>/comment/"), comments.clause_comment, name="clause_comment"),
]
