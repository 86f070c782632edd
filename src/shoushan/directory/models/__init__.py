"""The tables of the directory."""

from shoushan.directory.models.administration import AdministrativeEntry
from shoushan.directory.models.areas import Area, AreaAlias, AreaSuccession
from shoushan.directory.models.deputies import Deputation
from shoushan.directory.models.organisations import Organisation, Post, PostAssignment, Responsibility
from shoushan.directory.models.people import RoleGrant, User

__all__ = [
    "AdministrativeEntry",
    "Area",
    "AreaAlias",
    "AreaSuccession",
    "Deputation",
    "Organisation",
    "Post",
    "PostAssignment",
    "Responsibility",
    "RoleGrant",
    "User",
]
