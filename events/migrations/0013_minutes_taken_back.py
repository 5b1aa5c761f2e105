"""When and why published minutes were taken back."""

from django.db import migrations, models

import red_mpe.core.validators


class Migration(migrations.Migration):
    dependencies = [("events", "0012_session_moves")]

    operations = [
        migrations.AddField(
            model_name="minutes",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="withdrawn_reason",
            field=models.TextField(
                blank=True,
                db_default="",
                editable=False,
                validators=[red_mpe.core.validators.AtMost(1000)],
                verbose_name="why they were taken back",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"),
                name="taking_minutes_back_gives_a_reason",
            ),
        ),
    ]
