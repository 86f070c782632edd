"""The canonical text of entries, put together inside the database: what digests and seals are over."""

from __future__ import annotations

from shoushan.lib import rows

_PARTS = [
    "e.key",
    "e.kind",
    "{day}",
    "{recorded}",
    "e.actor",
    "s.code",
    "COALESCE(r.key, '')",
    "e.details",
    "COALESCE(({moves}), '')",
]


def text_sql() -> str:
    """SQL of the canonical text of entry `e` with subject `s` and reversed entry `r`.

    Columns are read as they stand, so that a change to any of them, or to a transfer, changes the text.
    """
    if rows.is_postgresql():
        separator = "chr(31)"
        values = {
            "day": "CAST(e.occurred_on AS text)",
            "recorded": "rtrim(rtrim(to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '0'), '.')",
            "moves": "SELECT string_agg(t.source_id || '>' || t.target_id || ':' || t.amount, ',' ORDER BY t.id)"
            " FROM ledger_transfer t WHERE t.entry_id = e.id",
        }
    else:
        separator = "char(31)"
        values = {
            "day": "e.occurred_on",
            "recorded": "e.recorded_at",
            "moves": "SELECT group_concat(t.source_id || '>' || t.target_id || ':' || t.amount)"
            " FROM ledger_transfer t WHERE t.entry_id = e.id",
        }
    return f" || {separator} || ".join(part.format(**values) for part in _PARTS)


JOINS = " JOIN ledger_subject s ON s.id = e.subject_id LEFT JOIN ledger_entry r ON r.id = e.reverses_id"
