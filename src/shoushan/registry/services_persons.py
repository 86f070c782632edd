"""People come into the registry once, whatever list names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shoushan.lib import rows as bulk
from shoushan.privacy.cipher import blind_index
from shoushan.registry.enums import DocumentType
from shoushan.registry.kinds import new_codes
from shoushan.registry.models import Person

DOCUMENT, PHONE = "registry.person.document", "registry.person.phone"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a list says of a person."""

    name: str
    document_no: str
    phone: str = ""
    household: str = ""
    document_type: str = DocumentType.RESIDENT_ID

    @property
    def index(self) -> str:
        """The blind index of the document."""
        return document_index(self.document_no, self.document_type)


def document_index(number: str, document_type: str = DocumentType.RESIDENT_ID) -> str:
    """By what a document number is found."""
    return blind_index(f"{document_type}:{number.strip().upper()}", DOCUMENT)


def phone_index(phone: str) -> str:
    """By what a telephone number is found."""
    return blind_index(phone.strip(), PHONE)


def find_persons(indexes: Sequence[str]) -> dict[str, Person]:
    """The people that the registry has, by the index of their document."""
    found: dict[str, Person] = {}
    for part in bulk.chunks(sorted(set(indexes)), CHUNK):
        found |= {each.document_index: each for each in Person.objects.filter(document_index__in=part)}
    return found


@transaction.atomic
def enter_persons(people: Sequence[NewPerson], *, at: datetime) -> list[Person]:
    """The row of each, in their order; who is there already keeps name and document, a new phone takes the old one's place."""
    known = find_persons([each.index for each in people])
    fresh: dict[str, NewPerson] = {each.index: each for each in people if each.index not in known}
    codes = new_codes(len(fresh))
    Person.objects.bulk_create(
        [
            Person(
                code=code,
                name=each.name,
                document_type=each.document_type,
                document_no=each.document_no.strip().upper(),
                document_index=index,
                phone=each.phone,
                phone_index=phone_index(each.phone),
                household=each.household,
                created_at=at,
            )
            for code, (index, each) in zip(codes, fresh.items(), strict=True)
        ],
        ignore_conflicts=True,  # two lists at once: the document's index lets one of them in
    )
    known |= find_persons(list(fresh))
    changed = [_updated(known[each.index], each) for each in people if _differs(known[each.index], each)]
    Person.objects.bulk_update(changed, ["phone", "phone_index", "household"])
    return [known[each.index] for each in people]


def _differs(person: Person, now: NewPerson) -> bool:
    return bool((now.phone and now.phone != person.phone) or (now.household and now.household != person.household))


def _updated(person: Person, now: NewPerson) -> Person:
    person.phone, person.household = now.phone or person.phone, now.household or person.household
    person.phone_index = phone_index(person.phone)
    return person
