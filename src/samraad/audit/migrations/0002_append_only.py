"""Once put the triggers on; they now come with 0004, which has the table that they look in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations: list[object] = []
