"""Tables of the peers: the same fields in two related tables; a row with its history by django-simple-history."""

from django.db import models
from simple_history.models import HistoricalRecords


class PeerFirm(models.Model):
    """The register's fields of an enterprise, as far as the workbook has them."""

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    area = models.CharField(max_length=9, db_index=True)


class PeerReturn(models.Model):
    """The daily return's fields, one per enterprise and day, like the product's own."""

    firm = models.ForeignKey(PeerFirm, models.PROTECT)
    as_of = models.DateField()
    industry_department = models.CharField(max_length=60, blank=True)
    staff_total = models.PositiveIntegerField()
    planned_on = models.DateField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    check_result = models.CharField(max_length=12, blank=True)
    permit_number = models.CharField(max_length=60, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    at_work = models.PositiveIntegerField()
    from_hubei = models.PositiveIntegerField(null=True, blank=True)
    from_other_provinces = models.PositiveIntegerField(null=True, blank=True)
    isolated = models.PositiveIntegerField(null=True, blank=True)
    supplies_days = models.DecimalField(max_digits=8, decimal_places=1, null=True, blank=True)
    capacity_rate = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    sponsor = models.CharField(max_length=60, blank=True)
    service_officer = models.CharField(max_length=60, blank=True)
    problems = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm", "as_of"], name="peers_return_once_per_day")]


class PeerEnterprise(models.Model):
    """An enterprise with its status and head count, the past of which simple-history keeps."""

    uscc = models.CharField(max_length=18, unique=True)
    area = models.CharField(max_length=9, db_index=True)
    status = models.CharField(max_length=12)
    at_work = models.PositiveIntegerField()
    history = HistoricalRecords()
