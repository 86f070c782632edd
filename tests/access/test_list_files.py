"""Every list with pages is there as a plain file: the same rows for the same reader, and no more questions for more rows."""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shoushan.ledger import names
from tests.access import crowd
from tests.access.cases import CASES

LINK: Final = re.compile(r'<a href="([^"]*as=csv[^"]*)" rel="nofollow"')
COUNT: Final = re.compile(r'class="pages-count">\s*共 ([\d,]+) 条')
LISTS: Final = {
    "casework:matter-list",
    "deadlines:clock-list",
    "exchange:upload-list",
    "figures:receipt",
    "figures:release-list",
    "portal:workbench",
    "projects:idea-list",
    "projects:permit-list",
    "projects:project-list",
    "projects:return-list",
    "resumption:application-list",
    "resumption:contact-list",
    "resumption:ledger",
    "resumption:permit-list",
    "resumption:return-list",
    "resumption:trip-list",
    "resumption:worker-list",
}
"""Lists of which the crowd has records; others may join."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The file of one list."""

    stated: int
    """How many the page says there are, -1 where it has no pages."""
    rows: list[list[str]]
    queries: int


def files(folder: Path, size: int) -> dict[str, Taken]:
    """The file of every list, in a district of this size."""
    taken = {}
    with transaction.atomic():
        world = crowd.build(folder, size)
        client = Client()
        client.force_login(world.people["office"])  # type: ignore[arg-type]
        for case in CASES:
            if case.method == "GET" and case.name != "ui:gallery":  # its pages are an example
                path = case.path(world, world.people["office"])
                page: Any = client.get(path, dict(case.data))
                text = b"".join(page).decode(errors="replace")
                if found := LINK.search(text):
                    taken[case.name] = _taken(client, path + html.unescape(found[1]), text)
        transaction.set_rollback(True)
    names.forget()
    return taken


def _taken(client: Client, address: str, page: str) -> Taken:
    with CaptureQueriesContext(connection) as asked:
        answer: Any = client.get(address)
    assert answer.headers["Content-Type"] == "text/csv", address
    stated = COUNT.search(page)
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    return Taken(int(stated[1].replace(",", "")) if stated else -1, rows, len(asked))


@pytest.mark.django_db
@pytest.mark.usefixtures("unmeasured")
def test_a_list_is_a_file_of_all_its_rows_and_asks_no_more_for_more(tmp_path: Path, settings: Any) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    few, many = files(tmp_path, crowd.FEW), files(tmp_path, crowd.MANY)

    assert few.keys() >= LISTS
    for name, each in many.items():
        headings, *rows = each.rows
        assert all(headings), name
        assert len(rows) == each.stated or each.stated < 0, name
        assert all(len(row) == len(headings) for row in rows), name
        assert any(any(row) for row in rows) or not rows, name
    growing = {
        name: (few[name].queries, each.queries) for name, each in many.items() if each.queries > few[name].queries + 1
    }
    assert not growing
