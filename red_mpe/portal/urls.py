"""Addresses of home, search, desk and health; `outside` stands outside the language prefix."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from red_mpe.portal import views
from red_mpe.portal.feeds import SITEMAPS

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path(_("search/"), views.search, name="search"),
    path(_("desk/"), views.desk, name="desk"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("signed-out/"), views.signed_out, name="signed_out"),
]
outside: list[URLPattern | URLResolver] = [
    path("", views.root, name="root"),
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", require_safe(login_not_required(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
