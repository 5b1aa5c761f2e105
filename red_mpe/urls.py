"""Every address. Pages live under a language prefix with translated section words; machines' addresses stand outside it."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from events.urls import outside as events_outside
from publications.urls import outside as publications_outside
from red_mpe.notifications.urls import outside as notifications_outside
from red_mpe.portal.urls import outside as portal_outside

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    *portal_outside,
    *notifications_outside,
    *publications_outside,
    *events_outside,
    *i18n_patterns(
        path(_("account/"), include("allauth.urls")),
        path(_("secretariat/"), admin.site.urls),
        path(_("members/"), include("members.urls")),
        path(_("library/"), include("publications.urls")),
        path(_("events/"), include("events.urls")),
        path(_("frameworks/"), include("standards.urls")),
        path(_("notifications/"), include("red_mpe.notifications.urls")),
        path("", include("red_mpe.portal.urls")),
    ),
]
handler400 = "red_mpe.portal.views.bad_request"
handler403 = "red_mpe.portal.views.permission_denied"
handler404 = "red_mpe.portal.views.page_not_found"
handler500 = "red_mpe.portal.views.server_error"
handler429 = "red_mpe.portal.views.too_many_requests"  # asked for by allauth's rate limits
