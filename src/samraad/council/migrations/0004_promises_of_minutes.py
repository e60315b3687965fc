from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0003_withdrawn_minutes'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='promises',
            field=models.JSONField(default=list, verbose_name='løfter, som de stod, da referatet blev offentligt'),
        ),
    ]
