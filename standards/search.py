"""What of the frameworks can be found: the frameworks, and the clauses of the newest version of each."""

import re
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.search import Found, Hit, SearchSource, capped_count, full_text, hit_text, snippet_text
from standards.models import ClauseText, Framework, Version

_LABEL: Final = re.compile(r"(?=.*\d)[\w.-]{1,24}")


def find_frameworks(words: str, user: Any, start: int, stop: int) -> Found:
    """Frameworks by title and summary."""
    rows = full_text(Framework.objects.visible_to(user), words, title="title", body=("summary",))
    hits = [
        Hit(
            url=framework.get_absolute_url(),
            title=hit_text(framework.found_title),
            snippet=snippet_text(framework.found_snippet),
            kicker=framework.get_stage_display(),
            lang=SITE_LANGUAGE[framework.found_lang],
        )
        for framework in rows[start:stop]
    ]
    return Found(hits, capped_count(rows))


def find_clauses(words: str, user: Any, start: int, stop: int) -> Found:
    """Clauses by label, title, text and plain words, in the newest version that the reader may see of each framework."""
    texts = ClauseText.objects.visible_to(user).filter(version__in=newest_versions(user))
    label = Q(label=words) if _LABEL.fullmatch(words) else None
    rows = full_text(texts, words, title="title", body=("text", "plain"), kept=True, extra=label)
    shown = (
        "label",
        "version__number",
        "version__framework__slug",
        "version__framework__code",
        "found_lang",
        "found_title",
        "found_snippet",
    )
    return Found([_clause_hit(row) for row in rows.values(*shown)[start:stop]], capped_count(rows))


def newest_versions(user: Any) -> QuerySet[Any]:
    """Keys of the newest version of each framework that the reader may see."""
    return Version.objects.visible_to(user).order_by("framework_id", "-id").distinct("framework_id").values("pk")


def _clause_hit(row: dict[str, Any]) -> Hit:
    place = [row["version__framework__slug"], row["version__number"], row["label"]]
    return Hit(
        url=reverse("standards:clause_detail", args=place),
        title=hit_text(row["found_title"]),
        snippet=snippet_text(row["found_snippet"]),
        kicker=f"{row['version__framework__code']} {row['version__number']} · {row['label']}",
        lang=SITE_LANGUAGE[row["found_lang"]],
    )


def public_clauses(column: str) -> list[Any]:
    """What everybody may read of the newest clauses, for learning its words."""
    everybody = AnonymousUser()
    rows = ClauseText.objects.visible_to(everybody).filter(version__in=newest_versions(everybody)).order_by()
    return [rows.values_list(f"{field}_{column}") for field in ("title", "text", "plain")]


def public_frameworks(column: str) -> list[Any]:
    """What everybody may read of frameworks."""
    rows = Framework.objects.visible_to(AnonymousUser()).order_by()
    return [rows.values_list(f"{field}_{column}") for field in ("title", "summary")]


SOURCES = (
    SearchSource("clauses", _("Clauses"), find_clauses, rank=10, texts=public_clauses),
    SearchSource("frameworks", _("Frameworks"), find_frameworks, rank=20, texts=public_frameworks),
)
