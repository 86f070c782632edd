"""Spellings belong to names, whoever bears them. They are derived, so the table is made anew and the job fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_spellings"),
    ]

    operations = [
        migrations.DeleteModel(name="NameSpelling"),
        migrations.CreateModel(
            name="NameSpelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_key", models.CharField(max_length=120, verbose_name="名称比对键")),
                ("initials", models.CharField(max_length=400, verbose_name="首字母")),
                ("syllables", models.CharField(max_length=400, verbose_name="全拼")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name_key",), name="registry_spelling_of_a_name_once")],
            },
        ),
    ]
