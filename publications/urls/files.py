"""Addresses of files and of links."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications.views import files, links, serving

urlpatterns = [
    path(_("links/"), links.link_list, name="link_list"),
    path(_("links/<int:pk>/"), links.link_archive, name="link_archive"),
    path(_("links/<int:pk>/try/"), links.link_try, name="link_try"),
    path(_("<slug:code>/files/"), files.file_list, name="file_list"),
    path(_("<slug:code>/files/add/"), files.file_add, name="file_add"),
    path(_("<slug:code>/files/<int:number>/"), serving.file_download, name="file_download"),
    path(_("<slug:code>/files/<int:number>/light/"), serving.file_light, name="file_light"),
    path(_("<slug:code>/files/<int:number>/thumbnail/"), serving.file_thumbnail, name="file_thumbnail"),
    path(_("<slug:code>/files/<int:number>/new-version/"), files.file_replace, name="file_replace"),
    path(_("<slug:code>/files/<int:number>/describe/"), files.file_describe, name="file_describe"),
    path(_("<slug:code>/files/<int:number>/remove/"), files.file_remove, name="file_remove"),
    path(_("<slug:code>/files/<int:number>/read/"), files.file_read, name="file_read"),
]
