"""Sealed months; and the triggers on again, which now let an event go with a month whose time is over."""

from typing import Any

from django.db import migrations, models

from samraad.audit import triggers


def install(apps: Any, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


def lift(apps: Any, schema_editor: Any) -> None:
    triggers.lift(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_access_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='stream',
            name='keep_days',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stream', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('opens', models.CharField(max_length=64)),
                ('closes', models.CharField(max_length=64)),
                ('ends_on', models.DateField()),
                ('keep_until', models.DateField()),
                ('key', models.CharField(max_length=40)),
                ('previous_seal', models.CharField(max_length=64)),
                ('seal', models.CharField(max_length=64)),
                ('expired_at', models.DateTimeField(null=True)),
                ('told_by', models.BigIntegerField(null=True)),
            ],
            options={
                'ordering': ['stream', 'number'],
                'constraints': [models.UniqueConstraint(fields=('stream', 'number'), name='segment_once_in_its_stream')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['verb'], name='audit_event_verb'),
        ),
        migrations.RunPython(install, lift),
    ]
