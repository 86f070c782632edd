"""The wizard's steps as background tasks."""

from django.utils import timezone

from shoushan.exchange import services
from shoushan.lib.tasks import task


@task()
def check_upload_task(upload_id: int) -> None:
    """Dry run of one upload."""
    services.check_upload(upload_id=upload_id, at=timezone.now)


@task()
def import_upload_task(upload_id: int) -> None:
    """Bring one confirmed upload in."""
    services.import_upload(upload_id=upload_id, at=timezone.now)
