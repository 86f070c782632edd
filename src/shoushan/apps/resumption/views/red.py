"""What is red in work resumption on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.measures import BULLETIN
from shoushan.apps.resumption.selectors.filings import missing_on
from shoushan.directory.access import area_scope
from shoushan.directory.models import User
from shoushan.figures.values import evaluate
from shoushan.ui.signals import Signal

CUMULATIVE = [each for each in BULLETIN if each.code in {"resumption.enterprises_resumed", "resumption.people_at_work"}]


def red(reader: User, as_of: date, at: datetime) -> Iterator[Signal]:
    """Subdistricts and enterprises without a return of the day, cumulative numbers that fell."""
    on = timezone.localtime(at).date()
    if areas := area_scope(reader, "resumption.view_bulletin", on=on):
        address = f"{reverse('resumption:bulletin')}?as_of={as_of}"
        missing = selectors.missing_subdistricts(day=as_of, areas=areas)
        yield Signal(label=_("街道未报复工台账"), count=len(missing), unit="个", address=address)
        for measure in CUMULATIVE:
            before, now = (
                evaluate(measure, as_of=day, areas=areas).numerator for day in (as_of - timedelta(days=1), as_of)
            )
            address = f"{reverse('figures:receipt', args=[measure.code])}?as_of={as_of}"
            label = _("%(name)s较前一日减少") % {"name": measure.name}
            yield Signal(label=label, count=max(before - now, 0), unit=measure.unit, address=address)
    if areas := area_scope(reader, "resumption.view_ledger", on=on):
        address = f"{reverse('resumption:return-list')}?as_of={as_of}"
        count = missing_on(as_of, areas=areas).count()
        yield Signal(label=_("企业未报当日日报"), count=count, unit="家", address=address)
