"""The return of a month as states and steps: reported, reviewed and closed, or sent back."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from shoushan.apps.projects import chart
from shoushan.apps.projects.enums.projects import ReturnState as R
from shoushan.apps.projects.lifecycle.duties import CONFIRM, REPORT, check_project_access
from shoushan.lifecycle.declarations import Lifecycle, Need, NeedKind, State, Transition

TONES: Final = {R.REPORTED: "soon", R.SENT_BACK: "late", R.REVIEWED: "good"}

MOST_PHOTOS: Final = 9
PHOTOS: Final = Need(
    "photos",
    gettext_lazy("现场照片"),
    NeedKind.FILE,
    is_required=False,
    hint=gettext_lazy("JPG、PNG 或 WebP，最多 9 张；大照片在手机上先缩小再发送。"),
    most=MOST_PHOTOS,
    are_photos=True,
)
"""Handed in with the first report and with every restatement; they stay with the step that handed them in."""

RETURNS: Final = Lifecycle(
    code="projects.progress",
    label=gettext_lazy("项目月报"),
    model="projects.MonthlyReturn",
    initial=R.REPORTED,
    family=chart.RETURNS,
    check_access=check_project_access,
    opening=Transition(
        name="report",
        label=gettext_lazy("首次报送"),
        sources=frozenset(),
        target=R.REPORTED,
        permission=REPORT,
        kind="projects.progress_begun",
        needs=(PHOTOS,),
    ),
    states=tuple(State(state.value, state.label, TONES[state], account=state.value.lower()) for state in R),
    transitions=(
        Transition(
            name="report_again",
            label=gettext_lazy("重新报送"),
            sources=frozenset({R.REPORTED, R.SENT_BACK}),
            target=R.REPORTED,
            permission=REPORT,
            kind="projects.progress_reported_again",
            needs=(PHOTOS,),
        ),
        Transition(
            name="review",
            label=gettext_lazy("审核通过"),
            sources=frozenset({R.REPORTED}),
            target=R.REVIEWED,
            permission=CONFIRM,
            kind="projects.progress_reviewed",
        ),
        Transition(
            name="send_back",
            label=gettext_lazy("退回更正"),
            sources=frozenset({R.REPORTED, R.REVIEWED}),
            target=R.SENT_BACK,
            permission=CONFIRM,
            kind="projects.progress_sent_back",
            is_reason_required=True,
        ),
    ),
)
