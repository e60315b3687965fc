from django.db import migrations, models


def fill(apps, schema_editor):
    """What everybody reads today."""
    for edition in apps.get_model("guide", "GuideEdition").objects.select_related("guide"):
        edition.review_on = edition.guide.review_on
        edition.save(update_fields=["review_on"])


class Migration(migrations.Migration):

    dependencies = [
        ('guide', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='guideedition',
            name='review_on',
            field=models.DateField(null=True, verbose_name='ses efter senest'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='guideedition',
            name='review_on',
            field=models.DateField(verbose_name='ses efter senest'),
        ),
    ]
