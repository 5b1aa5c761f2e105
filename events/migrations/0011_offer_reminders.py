import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0010_after"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offered_until", models.DateTimeField()),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "registration",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="events.registration"),
                ),
            ],
            options={
                "verbose_name": "reminder of an offer",
                "verbose_name_plural": "reminders of offers",
                "constraints": [models.UniqueConstraint(fields=("registration", "offered_until"), name="one_reminder_an_offer")],
            },
        ),
    ]
