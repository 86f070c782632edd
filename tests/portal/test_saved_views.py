"""Lists under a name: one's own, a role's; what is kept of an address; who may share and remove."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.portal.errors import ViewError
from shoushan.portal.models import SavedView
from shoushan.portal.saved_views import kept_query, views_for
from shoushan.portal.services import MOST_VIEWS, drop_view, save_view
from tests.directory.factories import AT, TODAY, a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
LEDGER, YAOJIA = "resumption:ledger", "370102011"


@pytest.fixture
def clerk() -> User:
    district()
    return a_user("clerk", (Role.STREET_USER, YAOJIA))


@pytest.fixture
def office(clerk: User) -> User:
    return a_user("office", (Role.HQ_OFFICE, "370102"))


def saved(actor: User, name: str = "未复工", query: str = "status=NOT_RESUMED", **more: str) -> SavedView:
    return save_view(page=LEDGER, name=name, query=query, actor=actor, at=AT, **more)


def test_it_keeps_filters_order_and_columns_but_not_the_page() -> None:
    asked = "status=NOT_RESUMED&area=&page=3&sort=-at_work&hide=2.4&part=1"

    assert kept_query(asked) == "status=NOT_RESUMED&sort=-at_work&hide=2.4"


def test_one_s_own_is_one_s_own(clerk: User, office: User) -> None:
    saved(clerk)

    assert [each.name for each in views_for(clerk, on=TODAY, page=LEDGER)] == ["未复工"]
    assert not views_for(office, on=TODAY).exists()
    assert not views_for(clerk, on=TODAY, page="casework:matter-list").exists()


def test_a_role_s_view_is_there_for_who_holds_the_role_that_day(clerk: User, office: User) -> None:
    saved(office, role=Role.STREET_USER)

    assert views_for(clerk, on=TODAY).count() == 1
    assert not views_for(clerk, on=date(2019, 1, 1)).exists()
    assert not views_for(office, on=TODAY).exists()
    with pytest.raises(NotAllowedError):
        saved(clerk, role=Role.STREET_USER)


def test_the_same_name_again_takes_the_new_filters(clerk: User) -> None:
    saved(clerk)
    again = saved(clerk, query="status=RESUMED")

    assert SavedView.objects.get().query == again.query == "status=RESUMED"


@pytest.mark.parametrize("name", ["", "   ", "很" * 31])
def test_it_wants_a_name(clerk: User, name: str) -> None:
    with pytest.raises(ViewError, match="30字以内"):
        saved(clerk, name)


def test_it_keeps_no_more_than_so_many(clerk: User) -> None:
    for number in range(MOST_VIEWS):
        saved(clerk, f"第{number}个")

    with pytest.raises(ViewError, match="最多保存20个"):
        saved(clerk)
    saved(clerk, "第1个", "status=RESUMED")
    with pytest.raises(ViewError, match="条件太多"):
        saved(clerk, "第1个", f"text={'长' * 400}")


def test_only_the_owner_and_who_may_share_remove_one(clerk: User, office: User) -> None:
    shared = saved(office, role=Role.STREET_USER)

    with pytest.raises(NotAllowedError):
        drop_view(view=shared, actor=clerk, on=TODAY)
    drop_view(view=shared, actor=office, on=TODAY)
    drop_view(view=saved(clerk), actor=clerk, on=TODAY)
    assert not SavedView.objects.exists()


def test_the_database_wants_one_owner(clerk: User) -> None:
    for owner in ({"user": clerk, "role": Role.STREET_USER}, {"user": None, "role": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.create(page=LEDGER, name="无主", query="", made_by=clerk, made_at=AT, **owner)


def test_the_list_offers_its_views_and_keeps_what_is_shown(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)

    answer = client.post("/views/save/", {"page": LEDGER, "query": "status=NOT_RESUMED&page=2", "name": "未复工"})
    assert answer["Location"] == "/resumption/ledger/?status=NOT_RESUMED"
    page = client.get(answer["Location"]).content.decode()
    assert 'href="?status=NOT_RESUMED"' in page
    assert "给谁用" not in page  # sharing is the office's
    assert "未复工" in client.get("/views/").content.decode()
    number = SavedView.objects.get().pk
    assert client.post(f"/views/{number}/drop/")["Location"] == "/views/"
    assert client.post(f"/views/{number}/drop/").status_code == 404


def test_it_keeps_lists_of_the_navigation_alone(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)

    for sent in ({"page": "admin:index", "name": "x"}, {"page": LEDGER, "name": "x", "role": "NOBODY"}):
        assert client.post("/views/save/", {"query": "", **sent}).status_code == 404
    assert client.post("/views/save/", {"page": LEDGER, "query": "", "name": ""}).status_code == 400
