"""Files: sent once, flagged, scanned, made light; what was removed is remembered."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

_EMPTY = "written before the first release: the tables are empty"


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(
        ("adding-field-with-default", "disallowed-unique-constraint", "require-concurrent-index-creation"), _EMPTY
    )

    dependencies = [
        ("publications", "0003_flow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="file",
            name="flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("encrypted", "asks for a password"),
                        ("scripts", "contains scripts"),
                        ("attachments", "contains other files"),
                        ("renamed", "its name claimed another type"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="worth knowing",
            ),
        ),
        migrations.AddField(
            model_name="file",
            name="light_attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="file",
            name="light_claimed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="file",
            name="once",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="file",
            name="scan_tried_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="record",
            name="files_given",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="file",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("broken", "The file is damaged: its own program may open it, a reader of words does not."),
                    ("encrypted", "The file asks for a password. It is kept as it came, and nobody has read its words."),
                    ("too-slow", "Reading took too long and was stopped."),
                    ("too-heavy", "Reading needed more memory than there is for it, and was stopped."),
                    ("bomb", "The file unpacks to far more than it should, and was not read."),
                    ("pictures", "The pages are pictures: there are no words in the file."),
                    ("cut", "The file is very long: the search reads its beginning."),
                    ("lost", "The store does not have the bytes. Somebody must look at it."),
                    ("gave-up", "Reading was tried three times and broke off each time."),
                ],
                max_length=200,
                verbose_name="problem",
            ),
        ),
        migrations.CreateModel(
            name="RemovedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("reason", models.TextField(blank=True, verbose_name="why it was removed")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removed_files",
                        to="publications.record",
                        verbose_name="record",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="removed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "removed file",
                "verbose_name_plural": "removed files",
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("record", "number"), name="file_removed_once")],
            },
        ),
    ]
