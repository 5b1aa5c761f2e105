"""Names are listed without regard to accents and capitals, on every server alike; more languages to speak."""

import django.contrib.postgres.fields
from django.db import migrations, models

import red_mpe.core.search
from members.enums import Spoken


class Migration(migrations.Migration):
    dependencies = [("members", "0004_search_indexes")]
    operations = [
        migrations.AddIndex("person", models.Index(red_mpe.core.search.Fold("name"), "id", name="person_by_name")),
        migrations.AddIndex("organisation", models.Index(red_mpe.core.search.Fold("name"), "id", name="organisation_by_name")),
        migrations.AlterField(
            "person",
            "spoken",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=Spoken, max_length=5),
                blank=True,
                default=list,
                size=None,
                verbose_name="languages I speak",
            ),
        ),
    ]
