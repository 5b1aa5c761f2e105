"""What of the library the search page finds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from publications.models import Record
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.search import Found, Hit, SearchSource, capped_count, full_text, hit_text, snippet_text


def find_records(words: str, user: Any, start: int, stop: int) -> Found:
    """Records by title and abstract."""
    rows = full_text(Record.objects.listed_for(user), words, title="title", body=("abstract",))
    hits = [
        Hit(
            url=record.get_absolute_url(),
            title=hit_text(record.found_title),
            snippet=snippet_text(record.found_snippet),
            kicker=record.get_kind_display(),
            lang=SITE_LANGUAGE[record.found_lang],
        )
        for record in rows[start:stop]
    ]
    return Found(hits, capped_count(rows))


SOURCES = (SearchSource("records", _("Library"), find_records, rank=15),)
