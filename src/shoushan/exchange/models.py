"""Files that came in: which facts came from which file, and the imports under way."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models.dated import DatedQuerySet, ends_after_it_starts
from shoushan.exchange.enums import UPLOAD_TONES, WORKING, UploadState


class SourceFile(models.Model):
    """One file that was brought in, as sent. Every record that came from it names this row and its line in the file.

    Written with the import in one transaction; the counts always add up to the rows read. Never changed afterwards.
    """

    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    sheet = models.CharField(_("表"), max_length=80)
    unit_text = models.CharField(_("填报单位"), max_length=200, blank=True)
    as_of = models.DateField(_("截至日期"), null=True)
    imported_at = models.DateTimeField(_("导入时间"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("导入人")
    )
    rows_read = models.PositiveIntegerField(_("读取"), default=0)
    rows_new = models.PositiveIntegerField(_("新增"), default=0)
    rows_changed = models.PositiveIntegerField(_("变更"), default=0)
    rows_unchanged = models.PositiveIntegerField(_("未变"), default=0)
    rows_rejected = models.PositiveIntegerField(_("退回"), default=0)
    control_differences = models.JSONField(_("合计差异"), default=list)

    class Meta:
        ordering = ["-imported_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows_read=models.F("rows_new")
                    + models.F("rows_changed")
                    + models.F("rows_unchanged")
                    + models.F("rows_rejected")
                ),
                name="exchange_source_file_accounts_for_every_row",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """One import through the site: sent, checked (dry run), confirmed, brought in.

    The background worker takes the steps. Each time one is taken up, `attempt` grows, and only the latest attempt may
    end the step; how far it is and whether its worker lives stands in a file beside the upload (`progress`).
    `preview` is what the file was recognised as, `report` what the last step found; `chosen`, `as_of` and `unit_text`
    are what the sender says instead of the file, the same for the dry run and for the import.
    """

    name = models.CharField(_("文件名"), max_length=255)
    path = models.CharField(max_length=255, help_text="Below the uploads folder.")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    sheet = models.CharField(_("表"), max_length=80, blank=True)
    as_of = models.DateField(_("截至日期"), null=True, blank=True)
    unit_text = models.CharField(_("填报单位"), max_length=200, blank=True)
    chosen = models.JSONField(_("列的对应"), default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=UploadState, default=UploadState.RECEIVED)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    sent_at = models.DateTimeField(_("上传时间"))
    worked_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0, help_text="Workers lost in the present step.")
    preview = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    refusal = models.TextField(_("原因"), blank=True)
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="uploads")

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=UploadState.DONE, source__isnull=False)
                | (~models.Q(state=UploadState.DONE) & models.Q(source__isnull=True)),
                name="exchange_upload_done_iff_it_has_a_source_file",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """Colour of the state's badge."""
        return UPLOAD_TONES[UploadState(self.state)]

    @property
    def is_confirmed(self) -> bool:
        """Has the sender agreed to what the dry run showed?"""
        return self.state in {UploadState.CONFIRMED, UploadState.IMPORTING, UploadState.DONE}

    @property
    def is_working(self) -> bool:
        """Has the background worker the next step?"""
        return self.state in WORKING


class SheetHeading(models.Model):
    """One more heading under which files of the district name a column of a sheet, from a day on.

    The importer reads it like those that the sheet declares. It is ended by its last day, never changed or deleted: which
    headings were read on a past day stays answerable.
    """

    sheet = models.CharField(_("表"), max_length=80)
    column = models.CharField(_("列"), max_length=60)
    heading = models.CharField(_("表头"), max_length=60)
    form = models.CharField(max_length=60, help_text="The heading without blanks, punctuation, width and case.")
    reason = models.CharField(_("依据"), max_length=200)
    valid_from = models.DateField(_("开始日期"))
    valid_to = models.DateField(_("最后一日"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    entered_at = models.DateTimeField(_("录入时间"))

    objects: ClassVar[DatedQuerySet[SheetHeading]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sheet", "column", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "form"],
                condition=models.Q(valid_to__isnull=True),
                name="exchange_heading_open_once_per_sheet",
            ),
            models.CheckConstraint(name="exchange_heading_is_not_empty", condition=~models.Q(form="")),
            ends_after_it_starts("exchange_heading_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.heading
