"""The last minutes before a cut-off: fifty enterprises at a time file the day's return through the site's own form.

None may be lost and none may be answered with an error; the line of the seconds has the ten minutes as its limit.
"""

from __future__ import annotations

import http.client
import os
import secrets
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import harness
from bench.list_page import Server

CLIENTS = 50
FEW_CLIENTS = 4
"""On SQLite, which lets one write at a time."""


def run(*, full: bool) -> None:
    """Every client signs in as the contact of its enterprises and files one return after the other."""
    clients = CLIENTS if os.environ.get("SHOUSHAN_BENCH_PG") else FEW_CLIENTS
    returns = 5_000 if full else 200
    with harness.instance() as home:
        sheaves = fill(home, returns, clients)
        before = filed()
        with Server("shoushan.config.settings") as product:
            times: list[float] = []
            took = harness.seconds(lambda: rush(product.port, sheaves, times))
        lost = sum(len(codes) for _cookie, codes in sheaves) - (filed() - before)
        details = {"returns": returns, "clients": clients, "ms": [each * 1000 for each in times]}
        harness.report("cut_off_s", took, "<=600", details)
        for share in (50, 95, 99):
            harness.report(f"cut_off_p{share}_ms", harness.percentile(times, share / 100) * 1000, "-", {})
        harness.report("cut_off_lost", float(lost), "<=0", {})
        if lost:
            raise AssertionError(f"{lost} returns are lost")


def filed() -> int:
    """How many returns of enterprises there are."""
    from shoushan.apps.resumption.models import ReturnFiling

    return ReturnFiling.objects.count()


def fill(home: Path, returns: int, clients: int) -> list[tuple[str, list[str]]]:
    """Enterprises, one contact a client who speaks for an equal share of them; cookies and codes."""
    from django.core.management import call_command
    from django.utils import timezone

    from bench import workbook
    from shoushan.deadlines.services import load_calendars
    from shoushan.exchange.declarations import sheet
    from shoushan.exchange.services import bring_in
    from shoushan.lifecycle import seeds
    from shoushan.lifecycle.services import load_policies
    from shoushan.registry.models import Enterprise

    now = timezone.now()
    load_calendars(at=now)
    load_policies(seeds.registered(), at=now)
    path = home / "list.xlsx"
    workbook.write(path, returns * 5 // 4)  # some have not resumed and have nobody at work
    bring_in(path, at=now, sheet=sheet("resumption.ledger"), as_of=workbook.AS_OF, commit=True)
    firms = list(Enterprise.objects.filter(standing__resumed_on__isnull=False).order_by("pk")[:returns])
    if len(firms) != returns:
        raise AssertionError(f"{len(firms)} enterprises have resumed")
    call_command("collectstatic", verbosity=0, interactive=False)
    return [contact(number, firms[number::clients], now) for number in range(clients)]


def contact(number: int, firms: list[Any], now: Any) -> tuple[str, list[str]]:
    """An account with confirmed claims to these enterprises, signed in."""
    from django.conf import settings

    from shoushan.apps.resumption.enums.contacts import ClaimState
    from shoushan.apps.resumption.models import EnterpriseClaim
    from shoushan.directory.enums import Role
    from shoushan.directory.services import create_user, grant_role

    user = create_user(username=f"contact{number}", password="long-enough-2020", display_name="联络人（演示）", at=now)
    since = now.date() - timedelta(days=1)
    grant_role(user=user, role=Role.ENTERPRISE_CONTACT, area_code=harness.DISTRICT, valid_from=since)
    EnterpriseClaim.objects.bulk_create(
        EnterpriseClaim(
            code=f"CLM-{number}-{place}",
            area_code=firm.area_code,
            state=ClaimState.CONFIRMED,
            state_on=date(2020, 2, 1),
            enterprise=firm,
            user=user,
            duty="会计",
            claimed_at=now,
        )
        for place, firm in enumerate(firms)
    )
    token = secrets.token_hex(16)
    cookie = f"{harness.cookie_of(user)}; {settings.CSRF_COOKIE_NAME}={token}"
    return f"{token} {cookie}", [firm.code for firm in firms]


def rush(port: int, sheaves: list[tuple[str, list[str]]], times: list[float]) -> None:
    """All clients at once; any answer but the redirect after a filed return is an error."""
    wrong: list[str] = []

    def client(token_and_cookie: str, codes: list[str]) -> None:
        token, _blank, cookie = token_and_cookie.partition(" ")
        headers = {"Cookie": cookie, "Host": "127.0.0.1", "X-CSRFToken": token}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for place, code in enumerate(codes):
            body = urlencode({"at_work": 5 + place % 7, "staff_total": 20})
            start = time.perf_counter()
            connection.request("POST", f"/resumption/returns/file/{code}/", body, headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            if answer.status != 302:
                wrong.append(f"{code}: {answer.status}")

    threads = [threading.Thread(target=client, args=sheaf) for sheaf in sheaves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise AssertionError(f"{len(wrong)} errors, first {wrong[0]}")
