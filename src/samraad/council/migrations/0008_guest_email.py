"""Where a guest's own invitation goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An address for the guest of an item, empty for all that were written down before."""

    dependencies = [("council", "0007_notice_days")]

    operations = [
        migrations.AddField(
            model_name="guest",
            name="email",
            field=models.EmailField("mailadresse", max_length=254, blank=True),
        ),
    ]
