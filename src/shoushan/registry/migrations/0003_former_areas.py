import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_locked_frames"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnterpriseArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=9, verbose_name="原属街道代码")),
                ("community_code", models.CharField(blank=True, max_length=12, verbose_name="原属社区代码")),
                ("until_on", models.DateField(verbose_name="属地至")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="变更原因")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_areas",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "原属地",
                "ordering": ["enterprise", "-until_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise", "until_on"), name="registry_enterprisearea_left_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("area_code"), 9)
                        ),
                        name="registry_enterprisearea_is_a_subdistrict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("community_code", ""),
                            ("community_code__startswith", models.F("area_code")),
                            _connector="OR",
                        ),
                        name="registry_enterprisearea_community_lies_in_its_area",
                    ),
                ],
            },
        ),
    ]
