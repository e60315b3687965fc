from typing import Any

from django.db import migrations, models

from manuscript.text import shortened


def link(apps: Any, schema_editor: Any) -> None:
    """Until now a milestone's proposals were found by its title and its project's."""
    duty, milestone = apps.get_model("council", "Duty"), apps.get_model("plan", "Milestone")
    for each in milestone.objects.exclude(done_on=None).select_related("initiative"):
        title, source = shortened(f"Milepæl nået: {each.title}", 160), shortened(f"Projektet {each.initiative.title}", 200)
        each.duties.set(duty.objects.filter(rule="condition", title=title, source=source, forum__in=each.fora.all()))


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0005_promises_in_drafts'),
        ('plan', '0009_hearing_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='duties',
            field=models.ManyToManyField(blank=True, related_name='milestones', to='council.duty'),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
