"""The verbs of work resumption: lock a frame, record returns, release a bulletin."""

from shoushan.apps.resumption.services.bulletins import Bulletin, BulletinError, compose_bulletin, release_bulletin
from shoushan.apps.resumption.services.contacts import ContactError, claim_enterprise, register_contact
from shoushan.apps.resumption.services.frames import take_frame
from shoushan.apps.resumption.services.moves import follow_boundary, move_enterprise
from shoushan.apps.resumption.services.returns import Report, record_returns

__all__ = [
    "Bulletin",
    "BulletinError",
    "ContactError",
    "Report",
    "claim_enterprise",
    "compose_bulletin",
    "follow_boundary",
    "move_enterprise",
    "record_returns",
    "register_contact",
    "release_bulletin",
    "take_frame",
]
