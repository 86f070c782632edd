"""The database itself refuses a change of how a zone was drawn."""

from django.db import migrations

from shoushan.lib.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_zone_outlines")]

    operations = [append_only("projects_zoneoutline")]
