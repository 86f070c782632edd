"""The database itself refuses a change of which zone a project belonged to."""

from django.db import migrations

from shoushan.lib.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_zone_stays")]

    operations = [append_only("projects_zonestay")]
