from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_agenda_to_minutes")]

    operations = [
        migrations.AddField("meetingseries", "proposed_on", models.DateField(blank=True, editable=False, null=True)),
    ]
