"""Facets kept with the words of a record, and what makes ranking, sorting and the newest cheap among a hundred thousand."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

_LEAD = (
    "setweight(to_tsvector('red_{c}'::regconfig, title_{c}), 'A') || setweight(to_tsvector('red_{c}'::regconfig, names), 'B')"
    " || setweight(to_tsvector('red_{c}'::regconfig, abstract_{c}), 'B')"
)
_FORWARD = f"ALTER TABLE publications_searchdoc ADD COLUMN lead_{{c}} tsvector GENERATED ALWAYS AS ({_LEAD}) STORED"
_BACKWARD = "ALTER TABLE publications_searchdoc DROP COLUMN lead_{c}"
# By title in the language of the page, otherwise in another: what `publications.search.ranking` sorts by, sign for sign.
_OTHERS = {"es": ("en", "pt"), "en": ("es", "pt"), "pt": ("es", "en")}
_TITLE = (
    "CREATE INDEX searchdoc_by_title_{c} ON publications_searchdoc"
    " (core_fold(left(coalesce(nullif(title_{c}, ''), nullif(title_{a}, ''), title_{b}), 60)), record_id)"
)
_LIKE = "CREATE INDEX searchdoc_like_{c} ON publications_searchdoc USING gin (core_fold(title_{c}) gin_trgm_ops)"
_EMPTY = "written before the first release: the table is empty"


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(("adding-field-with-default", "adding-required-field", "require-concurrent-index-creation"), _EMPTY)
    dependencies = [
        ("core", "0008_synonyms"),
        ("members", "0005_names_in_order"),
        ("publications", "0004_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="searchdoc",
            name="terms",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state__in", ["published", "embargoed"])),
                name="record_on_the_shelf",
            ),
        ),
        migrations.AddIndex(
            model_name="searchdoc",
            index=django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="searchdoc_terms"),
        ),
        *(migrations.RunSQL(_FORWARD.format(c=c), _BACKWARD.format(c=c)) for c in _OTHERS),
        *(migrations.RunSQL(_TITLE.format(c=c, a=a, b=b), f"DROP INDEX IF EXISTS searchdoc_by_title_{c}") for c, (a, b) in _OTHERS.items()),
        *(migrations.RunSQL(_LIKE.format(c=c), f"DROP INDEX IF EXISTS searchdoc_like_{c}") for c in _OTHERS),
    ]
