from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_uploads"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="upload",
            name="rows_done",
        ),
        migrations.RemoveField(
            model_name="upload",
            name="rows_total",
        ),
        migrations.AddField(
            model_name="upload",
            name="attempt",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="chosen",
            field=models.JSONField(blank=True, default=dict, verbose_name="列的对应"),
        ),
        migrations.AddField(
            model_name="upload",
            name="losses",
            field=models.PositiveSmallIntegerField(default=0, help_text="Workers lost in the present step."),
        ),
        migrations.AddField(
            model_name="upload",
            name="preview",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="upload",
            name="unit_text",
            field=models.CharField(blank=True, max_length=200, verbose_name="填报单位"),
        ),
    ]
