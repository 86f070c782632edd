"""How many queries each page takes: pinned, and no more when there are three times as many records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shoushan.ledger import names
from tests.access import crowd
from tests.access.cases import CASES, Case
from tests.access.expectations import QUERIES, differences, load, write
from tests.access.world import World

PAGES = [case for case in CASES if case.method == "GET"]

PROOFS = {"figures:entry": 4, "figures:release-file": 4, "projects:report-file": 4}
"""Pages with a proof of inclusion ask for one node a level of the tree: a few more when it has three times the leaves."""


def title(case: Case) -> str:
    """How the file of pinned numbers calls a page."""
    return f"{case.name} / {case.target}"


def count(case: Case, world: World, client: Client) -> int:
    """Queries of the second visit: what is asked once in the life of a process does not count."""
    path = case.path(world, world.people["office"])
    connection.queries_log.clear()  # it holds 9,000, and there are many pages
    asked = CaptureQueriesContext(connection)
    for _visit in range(2):
        with asked:
            answer: Any = client.get(path, dict(case.data), headers=dict(case.headers))
            b"".join(answer)  # to the end: a file that is streamed asks on its way
    return len(asked)


def counts(folder: Path, size: int) -> dict[str, int]:
    """Every page with its number of queries, in a district of this size."""
    with transaction.atomic():
        world = crowd.build(folder, size)
        client = Client()
        client.force_login(world.people["office"])  # type: ignore[arg-type]
        found = {title(case): count(case, world, client) for case in PAGES}
        transaction.set_rollback(True)
    names.forget()
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("unmeasured")
def test_it_asks_what_is_pinned_and_no_more_for_more_rows(
    tmp_path: Path, settings: Any, write_expectations: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "django.request")
    settings.UPLOADS = tmp_path / "uploads"
    few, many = counts(tmp_path, crowd.FEW), counts(tmp_path, crowd.MANY)
    if write_expectations:
        write(QUERIES, few)

    growing = [
        f"{title(case)}: {few[title(case)]} queries, with three times the rows {many[title(case)]}"
        for case in PAGES
        if many[title(case)] > few[title(case)] + PROOFS.get(case.name, 0)
    ]
    pinned = {(page,): number for page, number in load(QUERIES).items()}
    changed = differences(pinned, {(page,): number for page, number in few.items()})

    assert not growing, "\n".join(growing)
    assert not changed, "\n".join([*changed, "if they are meant: script/expectations"])


def test_it_counts_every_page() -> None:
    assert list(load(QUERIES)) == [title(case) for case in PAGES]
