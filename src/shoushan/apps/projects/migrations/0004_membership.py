"""A project that comes back to a list has a further row; only one of them is in force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_campaigns")]

    operations = [
        migrations.RemoveConstraint(model_name="listmembership", name="projects_membership_once"),
        migrations.AddConstraint(
            model_name="listmembership",
            constraint=models.UniqueConstraint(
                condition=models.Q(until__isnull=True),
                fields=["project", "year", "level"],
                name="projects_membership_in_force_once",
            ),
        ),
    ]
