"""An affiliation that a person claims waits for the organisation's word."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0002_roles")]
    operations = [
        migrations.AddField(
            model_name="affiliation",
            name="confirmed",
            field=models.BooleanField(
                db_default=True, default=True, help_text="The organisation or the secretariat says so too.", verbose_name="confirmed"
            ),
        )
    ]
