"""Addresses of the directory, profiles, organisations, groups and applications."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from members import views

app_name = "members"

_person = [
    path("", views.person_detail, name="person_detail"),
    path(_("write/"), views.contact_person, name="contact"),
]
_organisation = [
    path("", views.organisation_detail, name="organisation_detail"),
    path(_("edit/"), views.my_organisation, name="my_organisation"),
    path(_("people/"), views.organisation_people, name="organisation_people"),
    path(_("write/"), views.contact_organisation, name="contact_organisation"),
]
_affiliation = [
    path(_("confirm/"), views.confirm_affiliation, name="confirm_affiliation"),
    path(_("grant/"), views.grant_speaking, name="grant_speaking"),
    path(_("withdraw/"), views.withdraw_speaking, name="withdraw_speaking"),
    path(_("end/"), views.end_affiliation, name="end_affiliation"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.directory, name="directory"),
    path(_("people/"), include([path("", views.people, name="people"), path("<slug:slug>/", include(_person))])),
    path(_("organisations/"), include([path("", views.to_directory, name="organisations"), path("<slug:slug>/", include(_organisation))])),
    path(_("affiliations/<int:pk>/"), include(_affiliation)),
    path(_("groups/"), views.group_list, name="group_list"),
    path(_("groups/<slug:slug>/"), views.group_detail, name="group_detail"),
    path(_("join/"), views.apply, name="apply"),
    path(_("application/"), views.application, name="application"),
    path(_("application/withdraw/"), views.withdraw, name="withdraw_application"),
    path(_("profile/"), views.my_profile, name="my_profile"),
    path(_("language/"), views.language, name="language"),
]
