"""Why something sent from a phone is refused."""

from __future__ import annotations

from django.utils.translation import gettext as _


class SubmissionError(ValueError):
    """The sending can't be accepted as the one it says it is; nothing was changed. `status` is that of the answer."""

    status = 409

    def __init__(self) -> None:
        self.sentence = _("这份填报的编号已用于另一份填报，没有保存。请重新打开表单填写。")
        super().__init__(self.sentence)
