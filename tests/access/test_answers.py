"""The truth table: every address, every role, the own area and another one, as the site really answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from shoushan.directory.enums import Role
from shoushan.directory.view_rules import ViewRule, view_rules
from tests.access.cases import CASES, Case
from tests.access.expectations import ANSWERS, DOCUMENT, Table, differences, document, flat, grouped, load, write
from tests.access.reading import cell
from tests.access.world import World, build

ROLES = {role.value for role in Role}


def sent_data(case: Case, world: World) -> dict[str, Any]:
    """What is posted or asked, with the file that goes along."""
    if not case.sends:
        return dict(case.data)
    path = world.files[case.sends]
    return {**case.data, "file": SimpleUploadedFile(path.name, path.read_bytes())}


def ask(case: Case, who: str, world: World, client: Client) -> str:
    """One cell; whatever the request changed is undone."""
    cookies = client.cookies.copy()
    user = world.people[who]
    with transaction.atomic():
        path = case.path(world, user)
        verb = client.get if case.method == "GET" else client.post
        answer = verb(path, sent_data(case, world), headers=dict(case.headers))
        found = cell(answer, [path, *map(str, case.data.values())], world)
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


def clients(world: World) -> dict[str, Client]:
    """Everyone with their browser."""
    found = {}
    for who, user in world.people.items():
        found[who] = Client()
        if user is not None:
            found[who].force_login(user)
    return found


def stands_outside(who: str, rule: ViewRule) -> bool:
    """Does the role hold the permission of the address in no area at all? The gate then refuses before the view is asked."""
    role = who.partition("@")[0]
    return rule.rule == "permission" and role in ROLES and not rule.is_open_to(Role(role))


def answers(world: World) -> Table:
    """The table as it is. Of those who stand outside an address one is asked, another one at the next address."""
    browsers, rules = clients(world), {rule.name: rule for rule in view_rules()}
    refusals: dict[str, str] = {}
    table: Table = {}
    for case in CASES:
        outside = [who for who in browsers if stands_outside(who, rules[case.name])]
        if outside and case.name not in refusals:
            chosen = outside[len(refusals) % len(outside)]
            refusals[case.name] = ask(case, chosen, world, browsers[chosen])
        row = table.setdefault(case.name, {}).setdefault(case.label, {})
        for who, browser in browsers.items():
            row[who] = refusals[case.name] if who in outside else ask(case, who, world, browser)
    return table


@pytest.mark.django_db
@pytest.mark.usefixtures("unmeasured")
def test_it_answers_everyone_as_the_truth_table_says(
    tmp_path: Path, settings: Any, write_expectations: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "django.request")
    settings.UPLOADS = tmp_path / "uploads"
    found = grouped(answers(build(tmp_path)))
    if write_expectations:
        write(ANSWERS, found)
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(document(found), encoding="utf-8")

    changed = differences(flat(load(ANSWERS)), flat(found))

    assert not changed, "\n".join([*changed, f"{len(changed)} cells; if they are meant: script/expectations"])
    assert DOCUMENT.read_text(encoding="utf-8") == document(found), "run script/expectations"


@pytest.mark.django_db
def test_the_gate_refuses_before_it_looks_at_record_method_and_grant(tmp_path: Path, settings: Any) -> None:
    """What lets the table ask only one of those who stand outside an address."""
    settings.UPLOADS = tmp_path / "uploads"
    world = build(tmp_path)
    browsers, rules = clients(world), {rule.name: rule for rule in view_rules()}
    ways = [
        case for case in CASES if case.name in {"projects:decision-close", "premises:lease-enter", "portal:cockpit"}
    ]
    asked = [(case, who) for case in ways for who in browsers if stands_outside(who, rules[case.name])]

    assert len(asked) > 50
    assert {ask(case, who, world, browsers[who]) for case, who in asked} == {"403"}


def test_it_shows_nobody_what_another_area_has() -> None:
    """Whatever is written as expected: only who answers for the whole district sees beyond the own area.

    The district's sums are published with a release, for everyone who may read releases.
    """
    public = {"resumption:permit-list", "resumption:permit-detail"}  # permitted places are for everybody to know
    public |= {"premises:vacancy-list", "premises:vacancy-export", "premises:vacancy-plan"}  # released to investors
    leaks = [
        key
        for key, answer in flat(load(ANSWERS)).items()
        if key[0] not in public
        and not key[2].endswith("@district")
        and ("other" in answer or ("district" in answer and key[0] != "figures:release-detail"))
    ]

    assert leaks == []


def test_it_has_an_expectation_for_every_address() -> None:
    addresses = {rule.name for rule in view_rules()}

    assert addresses == {case.name for case in CASES} == set(load(ANSWERS))


def test_it_asks_every_address_of_a_record_for_one_of_another_area() -> None:
    of_no_area = {"exchange:template-download", "exchange:sheet-detail", "exchange:heading-end"}
    of_no_area |= {"figures:release-detail", "figures:release-file"}
    of_no_area |= {"lifecycle:rule-detail", "lifecycle:rule-create", "notices:notice-open", "portal:deputy-end"}
    of_no_area |= {
        "directory:responsibility-end",
        "projects:campaign-room",
        "projects:campaign-weekly",
        "projects:campaign-place",
        "projects:campaign-decide",
        "projects:campaign-change",
        "projects:campaign-items",
        "projects:campaign-items-export",
        "projects:campaign-meeting",
        "projects:zone-detail",
        "projects:zone-change",
        "projects:zone-draw",
        "figures:release-paper",
        "portal:guide-page",
        "portal:guide-picture",
        "portal:view-drop",
        "notices:channel-try",
        "notices:channel-end",
    }
    records = {rule.name for rule in view_rules() if "<" in rule.route} - of_no_area
    asked = {case.name for case in CASES if "another area" in case.target}

    assert records <= asked
