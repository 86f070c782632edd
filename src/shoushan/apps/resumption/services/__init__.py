"""The verbs of work resumption: lock a frame, record returns, release a bulletin."""

from shoushan.apps.resumption.services.applications import (
    Found,
    change_draft,
    draft_application,
    items_of,
    party_of,
    record_check,
    report_violation,
)
from shoushan.apps.resumption.services.bulletins import (
    Bulletin,
    BulletinError,
    beside_the_day_before,
    compose_bulletin,
    release_bulletin,
)
from shoushan.apps.resumption.services.contacts import ContactError, claim_enterprise, register_contact
from shoushan.apps.resumption.services.difficulties import (
    Difficulty,
    Funds,
    Visit,
    appoint_officer,
    raise_difficulty,
    record_visit,
)
from shoushan.apps.resumption.services.filings import (
    decide_filings,
    file_return,
    hour_of_cut_off,
    last_values,
    remind,
)
from shoushan.apps.resumption.services.frames import take_frame
from shoushan.apps.resumption.services.locks import except_from_lock, lock_day
from shoushan.apps.resumption.services.moves import (
    follow_boundary,
    move_community,
    move_enterprise,
    settle_communities,
)
from shoushan.apps.resumption.services.returns import Report, record_returns

__all__ = [
    "Bulletin",
    "BulletinError",
    "ContactError",
    "Difficulty",
    "Found",
    "Funds",
    "Report",
    "Visit",
    "appoint_officer",
    "beside_the_day_before",
    "change_draft",
    "claim_enterprise",
    "compose_bulletin",
    "decide_filings",
    "draft_application",
    "except_from_lock",
    "file_return",
    "follow_boundary",
    "hour_of_cut_off",
    "items_of",
    "last_values",
    "lock_day",
    "move_community",
    "move_enterprise",
    "party_of",
    "raise_difficulty",
    "record_check",
    "record_returns",
    "record_visit",
    "register_contact",
    "release_bulletin",
    "remind",
    "report_violation",
    "settle_communities",
    "take_frame",
]
