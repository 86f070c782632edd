"""What the import wizard asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.exchange.declarations import Sheet


class UploadForm(forms.Form):
    """A file, which table it is, and its day where the file itself does not say."""

    file = forms.FileField(
        label=gettext_lazy("台账文件"), help_text=gettext_lazy("xlsx、xls、csv 或 txt，最大 50 MB"), max_length=200
    )
    sheet = forms.ChoiceField(label=gettext_lazy("哪一种表"))
    as_of = forms.DateField(
        label=gettext_lazy("截至日期"),
        required=False,
        help_text=gettext_lazy("表头或文件名里写明的不用填"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, sheets: list[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(each.code, each.title) for each in sheets]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        """Too large a file is refused here, before it is kept."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            largest = settings.MAX_UPLOAD_BYTES // 1024 // 1024
            raise forms.ValidationError(_("文件超过 %(largest)d MB，请拆分后再上传。") % {"largest": largest})
        return file


class RecheckForm(forms.Form):
    """Another day for a file that was checked."""

    as_of = forms.DateField(label=gettext_lazy("截至日期"), widget=forms.DateInput(attrs={"type": "date"}))
