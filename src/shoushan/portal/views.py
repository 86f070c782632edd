"""Pages that cross domains: what a person sees first."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory.access import AuthenticatedRequest, area_scope, found_or_404, public, requires, signed_in
from shoushan.directory.enums import Role
from shoushan.directory.errors import DirectoryError
from shoushan.directory.selectors import deputations_of, deputations_to, deputies_for
from shoushan.lib import languages
from shoushan.portal import cockpit as board
from shoushan.portal import guide as handbook
from shoushan.portal import services
from shoushan.portal import workbench as desk
from shoushan.portal.errors import ViewError
from shoushan.portal.forms import CockpitForm, DeputyForm
from shoushan.portal.ground import known_area
from shoushan.portal.saved_views import SHARE, listed, views_for
from shoushan.portal.search import recent
from shoushan.ui import search as finding
from shoushan.ui.errors import error_answer
from shoushan.ui.listing import page_of
from shoushan.ui.navigation import registered_items

VIEW_FIGURE = "figures.view_figure"
LONGEST_WORDS = 100


@signed_in
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Where a person's day begins: leaders with the cockpit, the office with the bulletin, officers with what waits for them."""
    for permission, url_name in (
        ("portal.open_cockpit", "portal:cockpit"),
        ("figures.publish_release", "resumption:bulletin"),
        ("portal.open_workbench", "portal:workbench"),
        ("resumption.view_bulletin", "resumption:bulletin"),
        ("resumption.view_ledger", "resumption:ledger"),
        ("resumption.represent_enterprise", "resumption:contact-home"),
    ):
        if request.user.may(permission):
            return redirect(url_name)
    return render(request, "portal/home.html")


@require_safe
@requires(VIEW_FIGURE)
def cockpit(request: AuthenticatedRequest) -> HttpResponse:
    """The numbers of a day on one page, each a door; `?area=` of one subdistrict by its communities.

    `?wall=1` is for a screen on the wall, which renews itself and always shows the whole.
    """
    now, today = timezone.now(), timezone.localdate()
    areas = area_scope(request.user, VIEW_FIGURE, on=today)
    form = CockpitForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    as_of = asked.get("as_of") or board.newest_day(areas=areas, today=today)
    is_wall = bool(asked.get("wall"))
    area = "" if is_wall else known_area(asked.get("area") or "", areas=areas, on=as_of)
    chosen = asked.get("measure") or ""
    found = board.compose(reader=request.user, as_of=as_of, areas=areas, chosen=chosen, at=now, area=area)
    context = {
        "form": form,
        "cockpit": found,
        "as_of": as_of,
        "previous": as_of - timedelta(days=1),
        "following": as_of + timedelta(days=1),
        "is_wall": is_wall,
        "area": area,
        "at": now,
    }
    return render(request, "portal/cockpit.html", context)


@require_safe
@requires("portal.open_workbench")
def workbench(request: AuthenticatedRequest) -> HttpResponse:
    """Everything that waits for the person, by deadline; `?queue=` one kind of it, page by page."""
    now, today = timezone.now(), timezone.localdate()
    found = desk.compose(request.user, on=today, at=now, chosen=request.GET.get("queue", ""))
    page = page_of(request, found.waiting)
    return render(request, "portal/workbench.html", {"workbench": found, "page_obj": page, "today": today})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("portal.open_workbench")
def deputy_list(request: AuthenticatedRequest) -> HttpResponse:
    """Hand one's work over for some days, and see what was handed over so far."""
    today, now = timezone.localdate(), timezone.now()
    colleagues = deputies_for(request.user, on=today)
    form = DeputyForm(request.POST or None, colleagues=colleagues, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.hand_over(principal=request.user, on=today, at=now, **form.cleaned_data)
        except DirectoryError as error:
            form.add_error(None, str(error))
        else:
            words = {"name": made.deputy.display_name, "first": made.valid_from, "last": made.valid_to}
            messages.success(request, _("已委托“%(name)s”自 %(first)s 至 %(last)s 代办。") % words)
            return redirect("portal:deputy-list")
    context = {
        "form": form,
        "rows": [(each, each.last_day >= today) for each in deputations_of(request.user)],
        "acting_for": deputations_to(request.user, on=today),
    }
    return render(request, "portal/deputy_list.html", context, status=422 if form.errors else 200)


@require_POST
@requires("portal.open_workbench")
def deputy_end(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Take it back from today on."""
    try:
        services.take_back(deputation_id=number, principal=request.user, on=timezone.localdate(), at=timezone.now())
    except DirectoryError as error:
        return error_answer(request, status=409, sentence=str(error))
    messages.success(request, _("委托已收回。"))
    return redirect("portal:deputy-list")


@require_safe
@signed_in
def search(request: AuthenticatedRequest) -> HttpResponse:
    """Everything of that name that the reader may see, kind by kind; without words what they worked on last.

    The search box at the top of every page asks for the list alone.
    """
    words = request.GET.get("q", "")[:LONGEST_WORDS].strip()
    found = finding.find(request.user, words, on=timezone.localdate())
    if not words:
        found = [finding.Found(_("最近办理"), hits)] if (hits := recent(request.user, on=timezone.localdate())) else []
    template = "portal/_found.html" if "part" in request.GET else "portal/search.html"
    return render(request, template, {"words": words, "found": found})


# ---- saved views of lists --------------------------------------------------------------------------------
@require_safe
@signed_in
def view_list(request: AuthenticatedRequest) -> HttpResponse:
    """All views that the reader has, by list."""
    found = views_for(request.user, on=timezone.localdate())
    labels = {item.url_name: item.label for item in registered_items()}
    may_share = request.user.may(SHARE)
    rows = [
        {
            "view": each,
            "label": labels.get(each.page, each.page),
            "address": f"{reverse(each.page)}?{each.query}",
            "may_drop": may_share or each.user_id == request.user.pk,
        }
        for each in found
        if each.page in labels
    ]
    return render(request, "portal/view_list.html", {"rows": rows})


@require_POST
@signed_in
def view_save(request: AuthenticatedRequest) -> HttpResponse:
    """Keep the list that the reader looks at under a name."""
    page, query, role = (request.POST.get(name, "") for name in ("page", "query", "role"))
    if page not in listed() or role not in {"", *Role.values}:
        raise Http404(_("没有这个列表，请从列表页保存视图。"))
    try:
        made = services.save_view(
            page=page,
            name=request.POST.get("name", ""),
            query=query,
            role=role,
            actor=request.user,
            at=timezone.now(),
        )
    except ViewError as error:
        return error_answer(request, status=400, sentence=str(error))
    messages.success(request, _("视图“%(name)s”已保存。") % {"name": made.name})
    return redirect(f"{reverse(page)}?{made.query}")


@require_POST
@signed_in
def view_drop(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Remove a view."""
    today = timezone.localdate()
    view = found_or_404(views_for(request.user, on=today), pk=number)
    services.drop_view(view=view, actor=request.user, on=today)
    messages.success(request, _("视图“%(name)s”已删去。") % {"name": view.name})
    return redirect("portal:view-list")


# ---- the user guide ----------------------------------------------------------------------------------------
@require_safe
@public
def guide(request: HttpRequest) -> HttpResponse:
    """All pages of the guide; those written for the reader's roles first."""
    user, is_english = request.user, languages.is_english()
    how_to = handbook.pages("how-to", is_english=is_english)
    roles = (
        {each.role for each in user.grants if each.holds_on(timezone.localdate())} if user.is_authenticated else set()
    )
    mine = [each for each in how_to if handbook.FOR_ROLES.get(each.name, set()) & roles]
    groups = (
        (_("写给您的"), mine),
        (_("按角色"), [each for each in how_to if each not in mine]),
        (_("原理"), handbook.pages("explanation", is_english=is_english)),
        (_("参考"), handbook.pages("reference", is_english=is_english)),
    )
    shown = [{"label": label, "pages": pages} for label, pages in groups if pages]
    return render(request, "portal/guide.html", {"groups": shown})


@require_safe
@public
def guide_page(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """One page of the guide."""
    found = handbook.page(folder, name, is_english=languages.is_english())
    if found is None:
        raise Http404(_("手册里没有这一页，请从目录中选择。"))
    return render(request, "portal/guide_page.html", {"guide": found})


@require_safe
@public
def guide_picture(_request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the guide."""
    path = handbook.picture(name)
    if path is None:
        raise Http404(_("手册里没有这张图片。"))
    return HttpResponse(path.read_bytes(), "image/webp")
