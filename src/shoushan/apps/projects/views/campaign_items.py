"""The projects of a campaign, batch by batch: the list, its table, and what is changed of one item."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.forms.campaigns import ExplainForm, ItemFilter, RemoveForm, ReplanForm
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT, VIEW, check_duty, is_office
from shoushan.apps.projects.models import CampaignItem
from shoushan.apps.projects.selectors import campaigns as questions
from shoushan.apps.projects.services import campaigns as services
from shoushan.apps.projects.services.rooms import ItemLine
from shoushan.apps.projects.services.weekly import why
from shoushan.apps.projects.sheets import CampaignSheet, campaign_record
from shoushan.apps.projects.views.campaign_rooms import EXPORT, Asked, asked_of
from shoushan.directory import scopes
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.exchange.downloads import sheet_download
from shoushan.lifecycle.form_pages import form_page
from shoushan.ui.listing import page_of


class Found(NamedTuple):
    """The items that an address asks for."""

    asked: Asked
    form: ItemFilter
    lines: list[ItemLine]
    obstacles: dict[int, str]


def _found(request: AuthenticatedRequest, code: str, permission: str) -> Found:
    """The items of a campaign as of a day, as the filters say; nothing while they can't be read."""
    asked = asked_of(request, code, permission)
    lines = asked.room.lines
    leads = {each.lead.code: str(each.lead) for each in lines}
    form = ItemFilter(request.GET, leads=sorted(leads.items(), key=lambda each: each[1]))
    standing = questions.obstacles_standing(asked.campaign, areas=asked.areas, day=asked.as_of)
    words = questions.obstacle_words(standing)
    if not form.is_valid():
        return Found(asked, form, [], words)
    batch, lead, state = (form.cleaned_data[name] for name in ("batch", "lead", "state"))
    wanted = [
        each
        for each in lines
        if (not batch or each.item.key == batch)
        and (not lead or each.lead.code == lead)
        and (not state or each.state == state)
    ]
    return Found(asked, form, wanted, words)


@require_safe
@requires(VIEW)
def campaign_items(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The items with planned and achieved day, evidence, lead, investment and light, 50 a page; filters are in the address."""
    found = _found(request, code, VIEW)
    page, today = page_of(request, found.lines), found.asked.today
    is_theirs = is_office(request.user, CONFIRM, on=today)
    may_report = has_permission(request.user, REPORT, on=today)
    papers = questions.papers_of([each.item.project.subject for each in page])
    rows = [
        {
            "line": each,
            "papers": papers.get((each.item.project.subject, each.item.key), []) if each.achieved_on else [],
            "why": why(each, found.obstacles) if each.is_open else "",
            "may_explain": each.is_open
            and (is_theirs or (may_report and each.item.project.lead_id == request.user.organisation_id)),
        }
        for each in page
    ]
    context = {
        "campaign": found.asked.campaign,
        "form": found.form,
        "as_of": found.asked.as_of,
        "page_obj": page,
        "rows": rows,
        "total_fen": sum(each.total_fen for each in found.lines),
        "query": request.GET.urlencode(),
        "may_confirm": is_theirs,
        "may_export": has_permission(request.user, EXPORT, on=today),
    }
    return render(request, "projects/campaign_items.html", context)


@require_safe
@requires(EXPORT)
def campaign_items_export(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The same in the official layout (xlsx), or plain (csv); it can come in again."""
    found = _found(request, code, EXPORT)
    return sheet_download(
        CampaignSheet(),
        [campaign_record(each, why(each, found.obstacles) if each.is_open else "") for each in found.lines],
        title=f"{found.asked.campaign.name}{CampaignSheet.title}",
        as_csv=request.GET.get("format") == "csv",
        as_of=found.asked.as_of,
    )


def _item(request: AuthenticatedRequest, code: str, number: int) -> CampaignItem:
    """An item of a campaign where the reader may see its project."""
    areas = area_scope(request.user, VIEW, on=timezone.localdate())
    found = CampaignItem.objects.select_related("campaign", "project__lead").filter(removed_on=None)
    return get_object_or_404(
        found.filter(scopes.within_any(areas, "project__area_code")), campaign__code=code, pk=number
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def item_plan(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """Another day planned for an item; the earlier one stays on record."""
    item = _item(request, code, number)
    check_duty(request.user, CONFIRM, on=timezone.localdate())
    form = ReplanForm(request.POST or None, initial={"planned_on": item.planned_on})

    def take(asked: dict[str, Any]) -> str:
        services.plan_anew(item, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("计划日期已调整，原来的日期留有记录。"))
        return _back(item)

    return _page(request, item, form, take, _("调整计划日期"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def item_remove(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """Take an item that is not achieved out of its batch."""
    item = _item(request, code, number)
    check_duty(request.user, CONFIRM, on=timezone.localdate())
    form = RemoveForm(request.POST or None)

    def take(asked: dict[str, Any]) -> str:
        services.remove_item(item, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("项目已移出这一批。"))
        return _back(item)

    return _page(request, item, form, take, _("移出批次"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def item_explain(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """Why an item is not achieved yet, by the lead of its project or the office that confirms."""
    item = _item(request, code, number)
    services.check_may_explain(request.user, item.project, on=timezone.localdate())
    form = ExplainForm(request.POST or None, initial={"reason": item.reason})

    def take(asked: dict[str, Any]) -> str:
        services.explain_item(item, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("未完成原因已登记。"))
        return _back(item)

    return _page(request, item, form, take, _("说明未完成原因"))


def _back(item: CampaignItem) -> str:
    return reverse("projects:campaign-items", args=[item.campaign.code])


def _page(request: AuthenticatedRequest, item: CampaignItem, form: Any, take: Any, title: str) -> HttpResponse:
    about, more = item.campaign.name, f"{item.project.name}（{item.get_key_display()}）"
    return form_page(request, form, take, title=title, back=_back(item), about=about, more=more)
