"""What was stated of a completion can be added, never changed or removed: the database refuses it."""

from django.db import migrations

from shoushan.lib.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0014_completion_statements")]

    operations = [append_only("projects_completionstatement")]
