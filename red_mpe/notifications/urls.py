"""Addresses of inbox and preferences; `outside` stands outside the language prefix, with and without a trailing slash."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from red_mpe.notifications import views

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path(_("read/"), views.mark_read, name="mark_read"),
    path(_("preferences/"), views.preferences, name="preferences"),
    path(_("follow/"), views.follow, name="follow"),
    path(_("mute/"), views.mute, name="mute"),
    path(_("unfollow/"), views.unfollow, name="unfollow"),
]
# A redirect would turn the one-click POST of a mail service into nothing: both forms of each address answer at once.
outside: list[URLPattern | URLResolver] = [
    path("u/<str:token>", views.unsubscribe),
    path("u/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("u/<str:token>/preferences", views.preferences_by_token),
    path("u/<str:token>/preferences/", views.preferences_by_token, name="preferences_by_token"),
    path("u/<str:token>/<str:what>", views.unsubscribe),
    path("u/<str:token>/<str:what>/", views.unsubscribe, name="unsubscribe_from"),
]
