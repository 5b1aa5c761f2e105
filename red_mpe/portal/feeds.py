"""The map of the site for search engines: frameworks, their clauses, public groups and events, the library. The directory never."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from events.models import Event
from members.models import Group
from publications.models import Collection, Record
from standards.models import ClauseText, Framework
from standards.search import newest_versions

_PUBLIC = AnonymousUser()
_base = urlsplit(settings.BASE_URL)


class OurSitemap(Sitemap):
    """Addresses in every language, at the host of the settings and never at that of the request."""

    i18n = alternates = True
    protocol = _base.scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host of BASE_URL."""
        return _base.netloc


class Pages(OurSitemap):
    """The pages that stand by themselves."""

    def items(self) -> list[str]:
        return [
            "portal:home",
            "standards:framework_list",
            "events:coming",
            "members:group_list",
            "publications:library",
            "publications:collection_list",
            "portal:privacy",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Frameworks(OurSitemap):
    """Public frameworks."""

    def items(self) -> QuerySet[Any]:
        return Framework.objects.visible_to(_PUBLIC).order_by("pk")


class Clauses(OurSitemap):
    """Clauses of the newest public version of each framework."""

    def items(self) -> QuerySet[Any]:
        texts = ClauseText.objects.visible_to(_PUBLIC).filter(version__in=newest_versions(_PUBLIC)).order_by("pk")
        return texts.values_list("version__framework__slug", "version__number", "label")

    def location(self, item: tuple[str, str, str]) -> str:
        return reverse("standards:clause_detail", args=item)


class Groups(OurSitemap):
    """Public groups."""

    def items(self) -> QuerySet[Any]:
        return Group.objects.visible_to(_PUBLIC).order_by("pk")


class Events(OurSitemap):
    """Public events, whatever became of them."""

    def items(self) -> QuerySet[Any]:
        return Event.objects.visible_to(_PUBLIC).order_by("pk")


class Records(OurSitemap):
    """What of the library everybody may read."""

    def items(self) -> QuerySet[Any]:
        return Record.objects.listed_for(_PUBLIC).order_by("pk").values_list("code", "stamp")

    def location(self, item: tuple[str, Any]) -> str:
        return reverse("publications:record_detail", args=item[:1])

    def lastmod(self, item: tuple[str, Any]) -> Any:
        return item[1]


class Collections(OurSitemap):
    """Collections that everybody may read."""

    def items(self) -> QuerySet[Any]:
        return Collection.objects.visible_to(_PUBLIC).order_by("pk")


SITEMAPS = {
    "pages": Pages,
    "frameworks": Frameworks,
    "clauses": Clauses,
    "groups": Groups,
    "events": Events,
    "records": Records,
    "collections": Collections,
}
