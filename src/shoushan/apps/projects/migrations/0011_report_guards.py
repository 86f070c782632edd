"""A status report can be added, never changed or removed: the database refuses it."""

from django.db import migrations

from shoushan.lib.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_status_reports")]

    operations = [append_only("projects_statusreport")]
