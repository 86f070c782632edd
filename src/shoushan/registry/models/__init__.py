"""The tables of the registry."""

from shoushan.registry.models.enterprises import Enterprise, EnterpriseName, EnterpriseStatus, Site
from shoushan.registry.models.frames import Frame, FrameMember

__all__ = ["Enterprise", "EnterpriseName", "EnterpriseStatus", "Frame", "FrameMember", "Site"]
