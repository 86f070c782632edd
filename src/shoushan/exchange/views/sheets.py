"""The sheets (表样): which columns each has, what files may call them, and which files came in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory.access import (
    AuthenticatedRequest,
    NotAllowedError,
    area_scope,
    check_permission,
    found_or_404,
    has_permission,
    requires,
)
from shoushan.directory.forms import LastDayForm
from shoushan.directory.views.refusals import told_in, told_to
from shoushan.exchange import columns, selectors
from shoushan.exchange import services_headings as services
from shoushan.exchange.declarations import Sheet, UnknownSheetError, all_sheets
from shoushan.exchange.declarations import sheet as sheet_of
from shoushan.exchange.forms import HeadingForm
from shoushan.exchange.models import SheetHeading
from shoushan.exchange.services import check_may_bring_in
from shoushan.exchange.templates_book import hint
from shoushan.ui.listing import page_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VIEW: Final = "exchange.view_sheet"
PAGE: Final = 20
KINDS: Final = {
    columns.Text: gettext_lazy("文字"),
    columns.Uscc: gettext_lazy("统一社会信用代码"),
    columns.ResidentId: gettext_lazy("身份证号码"),
    columns.Mobile: gettext_lazy("手机号码"),
    columns.Industry: gettext_lazy("行业代码"),
    columns.Whole: gettext_lazy("整数"),
    columns.Decimal: gettext_lazy("小数"),
    columns.Money: gettext_lazy("金额"),
    columns.Years: gettext_lazy("起止年限"),
    columns.Percent: gettext_lazy("百分比"),
    columns.Day: gettext_lazy("年月日"),
    columns.Span: gettext_lazy("起止日期"),
    columns.Origin: gettext_lazy("来源地"),
    columns.Choice: gettext_lazy("从选项中选"),
    columns.Area: gettext_lazy("辖区"),
}
"""What a column holds, for people."""


@require_safe
@requires(VIEW)
def sheet_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every kind of table with its number of columns and what came in of it."""
    counts = selectors.counts_by_sheet()
    today = timezone.localdate()
    rows = [
        {
            "sheet": each,
            "required": sum(column.required for column in each.columns),
            "counts": counts.get(each.code),
            "may_send": _may_send(request, each, today),
        }
        for each in all_sheets()
    ]
    return render(request, "exchange/sheet_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def sheet_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One kind of table, column by column; POST adds a heading under which files name one of them."""
    declared, today = _sheet_or_404(code), timezone.localdate()
    may_enter = has_permission(request.user, services.ENTER, on=today, area=settings.DISTRICT_CODE)
    form = HeadingForm(request.POST or None, sheet=declared, initial=_asked(request) | {"valid_from": today})
    status = 200
    if request.method == "POST":
        check_permission(request.user, services.ENTER, on=today, area=settings.DISTRICT_CODE)
        status = 422
        if form.is_valid():
            with told_in(form):
                services.add_heading(declared=declared, **form.cleaned_data, actor=request.user, at=timezone.now())
                messages.success(request, _("表头别名已登记，自开始日期起导入时认作这一列。"))
                return redirect("exchange:sheet-detail", declared.code)
    seen = selectors.headings_seen(declared)
    context = {
        "sheet": declared,
        "columns": _columns(declared, seen.files, today),
        "pointed": seen.pointed,
        "form": form if may_enter else None,
        "end_form": LastDayForm(initial={"last_day": today}),
        "may_send": _may_send(request, declared, today),
        "page_obj": page_of(request, _imports(request, declared), size=PAGE),
    }
    return render(request, "exchange/sheet_detail.html", context, status=status)


@require_POST
@requires(services.ENTER)
def heading_end(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """The last day of a heading."""
    found = found_or_404(SheetHeading.objects.filter(sheet=_sheet_or_404(code).code), pk=number)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写最后一日。"))
    else:
        with told_to(request):
            services.end_heading(heading=found, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("表头别名已停用，已导入的内容不变。"))
    return redirect("exchange:sheet-detail", code)


def _sheet_or_404(code: str) -> Sheet:
    try:
        return sheet_of(code)
    except UnknownSheetError:
        raise Http404(_("没有这种表，请从表样列表中选择。")) from None


def _asked(request: AuthenticatedRequest) -> dict[str, str]:
    """A heading that the page itself suggests, from its address."""
    return {name: request.GET.get(name, "")[:60] for name in ("column", "heading")}


def kind_of(column: columns.Column) -> StrOrPromise:
    """What a column holds; an app's own kind is told by the one that it builds on."""
    return next((KINDS[each] for each in type(column).__mro__ if each in KINDS), "")


def _may_send(request: AuthenticatedRequest, declared: Sheet, on: date) -> bool:
    try:
        check_may_bring_in(request.user, declared, on=on)
    except NotAllowedError:
        return False
    return True


def _imports(request: AuthenticatedRequest, declared: Sheet) -> Any:
    """The files of everybody for who watches over the whole district, else the reader's own."""
    found = selectors.imports_of(declared)
    watches = request.user.may("figures.publish_release") or request.user.may("directory.view_administration")
    is_whole = settings.DISTRICT_CODE in area_scope(request.user, VIEW, on=timezone.localdate())
    return found if watches and is_whole else found.filter(imported_by=request.user)


def _columns(declared: Sheet, files: dict[str, int], on: date) -> list[dict[str, Any]]:
    """Each column with what it is called, and with how many files used an added heading."""
    added: dict[str, list[dict[str, Any]]] = {}
    for each in selectors.added_headings(declared):
        line = {
            "heading": each,
            "files": files.get(each.form, 0),
            "holds": each.valid_to is None or on <= each.valid_to,
        }
        added.setdefault(each.column, []).append(line)
    return [
        {
            "column": column,
            "kind": kind_of(column),
            "hint": hint(column),
            "added": added.get(column.name, []),
        }
        for column in declared.columns
    ]
