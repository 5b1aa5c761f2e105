"""What pages show of a record for those who cite it."""

from typing import Any

from django import template
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from publications.exports.citing import Citing, citations
from publications.exports.csl import csl_item
from publications.exports.formats import FORMATS, Format
from publications.exports.linked import meta_tags

register = template.Library()
_DAY = 86_400  # seconds


@register.simple_tag
def citations_of(record: Any) -> list[Citing]:
    """Return the citations of a record in all styles, made once a day for each revision and language: they name the day of reading."""
    language, day = get_language() or "es", timezone.localdate()
    key = f"cite:{record.code}:{record.revision}:{language}:{day}"
    found: list[Citing] | None = cache.get(key)
    if found is None:
        found = citations(csl_item(record, language), language, day)
        cache.set(key, found, _DAY)
    return found


@register.simple_tag
def meta_of(record: Any, pdfs: Any = ()) -> list[tuple[str, str]]:
    """Return the meta tags of a record's page; `pdfs` are the addresses of PDFs that everybody may have."""
    return meta_tags(csl_item(record), list(pdfs))


@register.simple_tag
def export_formats() -> list[Format]:
    """Return the formats in which records are taken away."""
    return list(FORMATS.values())
