"""Addresses of the drafting workspace and the translation queue."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from standards.views import translations
from standards.views.drafting import editor, evidence, identities, tree

urlpatterns = [
    path(_("<slug:slug>/workspace/text/"), tree.drafting_tree, name="drafting_tree"),
    path(_("<slug:slug>/workspace/text/add/"), tree.drafting_add, name="drafting_add"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/"), editor.drafting_clause, name="drafting_clause"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/move/"), tree.drafting_move, name="drafting_move"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/split/"), identities.drafting_split, name="drafting_split"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/merge/"), identities.drafting_merge, name="drafting_merge"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/retire/"), identities.drafting_retire, name="drafting_retire"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/restore/"), tree.drafting_restore, name="drafting_restore"),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/evidence/"), evidence.drafting_evidence, name="drafting_evidence"),
    path(
        _("<slug:slug>/workspace/text/<uuid:clause>/evidence/<slug:code>/remove/"),
        evidence.drafting_evidence_remove,
        name="drafting_evidence_remove",
    ),
    path(_("<slug:slug>/workspace/text/<uuid:clause>/wordings/"), editor.drafting_saved, name="drafting_saved"),
    path(
        _("<slug:slug>/workspace/text/<uuid:clause>/wordings/<int:number>/again/"), editor.drafting_take_again, name="drafting_take_again"
    ),
    path(_("<slug:slug>/workspace/translations/"), translations.translations, name="translations"),
    path(_("<slug:slug>/workspace/translations/<str:language>/<uuid:clause>/"), translations.translation, name="translation"),
]
