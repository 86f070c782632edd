"""Numbers of accounts and subjects: looked up in bulk, opened at first use, remembered once committed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shoushan.ledger import keys
from shoushan.ledger.errors import LedgerError
from shoushan.ledger.transfers import SEPARATOR, Account, problem_of_account
from shoushan.lib import rows

_committed: dict[Account, int] = {}
_committed_subjects: dict[str, int] = {}
FEW_SUBJECTS: Final = 100
"""Looked up at once: more are an import, which asks for each a few times and would fill the memory."""
MOST_SUBJECTS: Final = 100_000
"""Subjects remembered; beyond them the memory starts anew."""


def forget() -> None:
    """Drop what is remembered: after the tables were flushed or restored under a running process."""
    _committed.clear()
    _committed_subjects.clear()


def account_content(number: int, account: Account) -> bytes:
    """What an account's digest is over."""
    return SEPARATOR.join((str(number), *account)).encode()


def account_ids(wanted: Iterable[Account]) -> dict[Account, int]:
    """Numbers of the accounts; missing ones are opened."""
    names = set(wanted)
    found = {account: _committed[account] for account in names if account in _committed}
    missing = names - found.keys()
    if missing:
        looked_up = _find_accounts(missing)
        unopened = missing - looked_up.keys()
        if unopened:
            looked_up |= _open_accounts(sorted(unopened))
        found |= looked_up
        transaction.on_commit(partial(_committed.update, looked_up))
    return found


def _find_accounts(names: Collection[Account]) -> dict[Account, int]:
    codes = sorted({account.code for account in names})
    sql = "SELECT id, code, unit, area, category FROM ledger_account WHERE code IN {in}"
    found = {Account(*row[1:]): row[0] for row in rows.fetch_in(sql, codes)}
    return {account: found[account] for account in names if account in found}


def _open_accounts(names: list[Account]) -> dict[Account, int]:
    for account in names:
        if problem := problem_of_account(account):
            raise LedgerError(_(problem.sentence) % problem.words)
    if rows.is_postgresql():
        _lock_opening()  # two writers that open the same account: the second finds the first one's
        found = _find_accounts(names)
        names = [account for account in names if account not in found]
    else:
        found = {}
    numbers = rows.reserve_ids("ledger_account", len(names))
    new = dict(zip(names, numbers, strict=True))
    rows.insert(
        "ledger_account",
        ["id", "code", "unit", "area", "category", "digest"],
        [(number, *account, keys.digest(account_content(number, account))) for account, number in new.items()],
    )
    return found | new


def _lock_opening() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.account'))")


def subject_ids(codes: Iterable[str]) -> dict[str, int]:
    """Numbers of the subjects; missing ones are made."""
    wanted = set(codes)
    found = {code: _committed_subjects[code] for code in wanted if code in _committed_subjects}
    unknown = sorted(wanted - found.keys())
    if not unknown:
        return found
    looked_up = find_subjects(unknown)
    missing = [code for code in unknown if code not in looked_up]
    if missing:
        looked_up |= _make_subjects(missing)
    if len(unknown) <= FEW_SUBJECTS:
        transaction.on_commit(partial(_remember, looked_up))
    return found | looked_up


def _remember(subjects: dict[str, int]) -> None:
    if len(_committed_subjects) + len(subjects) > MOST_SUBJECTS:
        _committed_subjects.clear()
    if len(subjects) <= MOST_SUBJECTS:
        _committed_subjects.update(subjects)


def find_subjects(codes: Collection[str]) -> dict[str, int]:
    """Numbers of those subjects that are known."""
    return dict(rows.fetch_in("SELECT code, id FROM ledger_subject WHERE code IN {in}", list(codes)))


def _make_subjects(codes: list[str]) -> dict[str, int]:
    if rows.is_postgresql():
        sql = "INSERT INTO ledger_subject (code) SELECT unnest(%s::text[]) ON CONFLICT (code) DO NOTHING RETURNING code, id"
        new = dict(rows.fetch(sql, [codes]))
        if len(new) < len(codes):  # another writer made some of them meanwhile; their commit was waited for
            new |= find_subjects([code for code in codes if code not in new])
        return new
    numbers = rows.reserve_ids("ledger_subject", len(codes))
    new = dict(zip(codes, numbers, strict=True))
    rows.insert("ledger_subject", ["id", "code"], [(number, code) for code, number in new.items()])
    return new
