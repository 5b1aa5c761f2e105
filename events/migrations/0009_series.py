from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0008_register")]

    operations = [
        migrations.AddField("meetingseries", "proposed_on", models.DateField(blank=True, editable=False, null=True)),
    ]
