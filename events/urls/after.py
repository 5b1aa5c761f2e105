"""Addresses of what stays of an event: certificates, evaluation, photos and poster; and of a draft that nobody wants."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from events.views import certificates, discarding, evaluating, photos, posters

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("certificate/"), certificates.certificate_find, name="certificate_find"),
    path(_("certificate/<slug:code>/"), certificates.certificate_check, name="certificate_check"),
    path(_("certificate/<slug:code>/pdf/<slug:language>/"), certificates.certificate_pdf, name="certificate_pdf"),
    path(_("event/<slug:slug>/my-certificate/"), certificates.my_certificates, name="my_certificates"),
    path(_("event/<slug:slug>/certificates/"), certificates.certificates, name="certificates"),
    path(_("event/<slug:slug>/certificates/issue/"), certificates.certificates_issue, name="certificates_issue"),
    path(_("event/<slug:slug>/certificates/all/<slug:language>/"), certificates.certificates_all, name="certificates_all"),
    path(_("event/<slug:slug>/certificates/<slug:code>/"), certificates.certificate_edit, name="certificate_edit"),
    path(_("event/<slug:slug>/certificates/<slug:code>/revoke/"), certificates.certificate_revoke, name="certificate_revoke"),
    path(_("event/<slug:slug>/certificates/<slug:code>/restore/"), certificates.certificate_restore, name="certificate_restore"),
    path(_("event/<slug:slug>/evaluation/"), evaluating.evaluation, name="evaluation"),
    path(_("event/<slug:slug>/evaluation/results/"), evaluating.evaluation_results, name="evaluation_results"),
    path(_("event/<slug:slug>/evaluation/questions/"), evaluating.evaluation_suggest, name="evaluation_suggest"),
    path(_("event/<slug:slug>/evaluation/close/"), evaluating.evaluation_close, name="evaluation_close"),
    path(_("event/<slug:slug>/photos/"), photos.gallery, name="gallery"),
    path(_("event/<slug:slug>/photos/<slug:code>/"), photos.photo_detail, name="photo_detail"),
    path(_("event/<slug:slug>/photos/<slug:code>/take-down/"), photos.photo_take_down, name="photo_take_down"),
    path(_("event/<slug:slug>/photos/<slug:code>/<slug:size>.webp"), photos.photo_file, name="photo_file"),
    path(_("event/<slug:slug>/poster/<slug:size>.webp"), posters.poster_file, name="poster_file"),
    path(_("event/<slug:slug>/images/"), photos.images, name="images"),
    path(_("event/<slug:slug>/images/add/"), photos.photos_add, name="photos_add"),
    path(_("event/<slug:slug>/images/poster/"), posters.poster_set, name="poster_set"),
    path(_("event/<slug:slug>/images/poster/remove/"), posters.poster_remove, name="poster_remove"),
    path(_("event/<slug:slug>/images/<slug:code>/"), photos.photo_edit, name="photo_edit"),
    path(_("event/<slug:slug>/images/<slug:code>/show/"), photos.photo_show, name="photo_show"),
    path(_("event/<slug:slug>/images/<slug:code>/remove/"), photos.photo_remove, name="photo_remove"),
    path(_("event/<slug:slug>/delete/"), discarding.event_discard, name="event_discard"),
]
outside: list[URLPattern | URLResolver] = []
