"""The tables of the registry."""

from shoushan.registry.models.enterprises import Enterprise, EnterpriseArea, EnterpriseName, EnterpriseStatus, Site
from shoushan.registry.models.frames import Frame, FrameMember
from shoushan.registry.models.persons import Person
from shoushan.registry.models.spellings import NameSpelling

__all__ = [
    "Enterprise",
    "EnterpriseArea",
    "EnterpriseName",
    "EnterpriseStatus",
    "Frame",
    "FrameMember",
    "NameSpelling",
    "Person",
    "Site",
]
