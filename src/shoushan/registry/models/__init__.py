"""The tables of the registry."""

from shoushan.registry.models.enterprises import Enterprise, EnterpriseArea, EnterpriseName, EnterpriseStatus, Site
from shoushan.registry.models.frames import Frame, FrameMember

__all__ = ["Enterprise", "EnterpriseArea", "EnterpriseName", "EnterpriseStatus", "Frame", "FrameMember", "Site"]
