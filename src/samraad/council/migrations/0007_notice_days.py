"""How many days before a meeting its agenda must be out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A forum's own rule, empty until it is written down."""

    dependencies = [("council", "0006_standing_items")]

    operations = [
        migrations.AddField(
            model_name="forum",
            name="notice_days",
            field=models.PositiveSmallIntegerField("dage fra dagsorden til møde", null=True, blank=True),
        ),
    ]
