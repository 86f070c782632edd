"""Accounts of people and the roles granted to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shoushan.directory import catalogue, scopes
from shoushan.directory.enums import NOT_HANDED_OVER, Role
from shoushan.directory.models.dated import DatedQuerySet, ends_after_it_starts
from shoushan.directory.models.deputies import last_day
from shoushan.directory.models.organisations import Organisation
from shoushan.lib import rows


class UserManager(BaseUserManager["User"]):
    """Makes accounts whose user names are normalised and whose passwords are hashed."""

    @classmethod
    def normalise(cls, username: str) -> str:
        """The one spelling of a user name: full width to half width, no blanks around, lower case."""
        return str(User.normalize_username(username)).strip().lower()

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password nobody can sign in to it."""
        user = self.model(username=self.normalise(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One account of one person. Made by an administrator, made inactive when the person leaves, never deleted.

    There is no superuser: what an account may do is what its RoleGrants say on that day.
    """

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    display_name = models.CharField(_("姓名"), max_length=60)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("所在单位")
    )
    is_active = models.BooleanField(_("启用"), default=True)
    language = models.CharField(_("界面语言"), max_length=10, blank=True, help_text=_("本人选过的语言；空白为中文"))
    created_at = models.DateTimeField(_("建立时间"))

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    # The day of the request that the user acts in; set by AccessMiddleware, read by may().
    acting_on: date | None = None

    class Meta:
        verbose_name = _("用户")
        ordering: ClassVar[list[str]] = ["username"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="directory_user_username_is_lower_case", condition=Q(Exact(F("username"), Lower("username")))
            ),
            models.CheckConstraint(name="directory_user_username_not_empty", condition=~Q(username="")),
            models.CheckConstraint(
                name="directory_user_language_is_offered", condition=Q(language__in=["", "zh-hans", "en"])
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        """The name shown in the account menu."""
        return self.display_name

    @cached_property
    def grants(self) -> list[scopes.Grant]:
        """All grants of this account, then those of whom it is deputy to: one query for the life of the instance.

        Personal roles and those of administrators are not handed over.
        """
        found = rows.fetch(_GRANTS, [self.pk, self.pk, *NOT_HANDED_OVER])
        return sorted(map(_grant, found), key=lambda each: each.principal_id or 0)

    def principals(self, *, on: date) -> frozenset[int]:
        """The accounts for which this one acts as deputy on a day."""
        if not self.is_active:
            return frozenset()
        return frozenset(each.principal_id for each in self.grants if each.principal_id and each.holds_on(on))

    def acting_ids(self, *, on: date) -> frozenset[int]:
        """This account and those for which it acts: what is in their hands is in its own."""
        return self.principals(on=on) | {self.pk}

    def principal_for(self, permission: str, *, on: date, area: str) -> int | None:
        """For whom the account uses a permission in an area: nobody where its own roles are enough."""
        held = [each for each in self.grants_for(permission, on=on) if area.startswith(each.area_code)]
        return next((each.principal_id for each in held), None) if all(each.principal_id for each in held) else None

    def grants_for(self, permission: str, *, on: date) -> list[scopes.Grant]:
        """The grants in force on this day whose role holds the permission."""
        roles = catalogue.permission(permission).roles
        if not self.is_active:
            return []
        return [grant for grant in self.grants if grant.role in roles and grant.holds_on(on)]

    def area_scope(self, permission: str, *, on: date) -> tuple[str, ...]:
        """The area prefixes within which the user holds the permission on this day."""
        return scopes.shortest_prefixes(grant.area_code for grant in self.grants_for(permission, on=on))

    def may(self, permission: str) -> bool:
        """Whether the user holds the permission anywhere, on the day of the request; for templates."""
        return self.acting_on is not None and bool(self.grants_for(permission, on=self.acting_on))


_GRANTS: Final = f"""
    SELECT role, area_code, organisation_id, valid_from, valid_to,
           CAST(NULL AS bigint), CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS date)
      FROM directory_rolegrant WHERE user_id = %s
    UNION ALL
    SELECT g.role, g.area_code, g.organisation_id, g.valid_from, g.valid_to,
           d.principal_id, d.valid_from, d.valid_to, d.ended_on
      FROM directory_deputation d
      JOIN directory_user p ON p.id = d.principal_id AND p.is_active
      JOIN directory_rolegrant g ON g.user_id = p.id
     WHERE d.deputy_id = %s AND g.role NOT IN ({", ".join(["%s"] * len(NOT_HANDED_OVER))})
"""  # noqa: S608 - places for values alone
"""Asked for every page that somebody opens: in words of SQL, which take a fifth of the time of making them."""


def _grant(row: Sequence[Any]) -> scopes.Grant:
    role, area, organisation, first, last, holder, *period = row
    grant = scopes.Grant(role, area, organisation, rows.as_day(first), last and rows.as_day(last))
    if holder is None:
        return grant
    since, until, ended = (each and rows.as_day(each) for each in period)
    return grant.within(since, last_day(until, ended), holder)


class RoleGrant(models.Model):
    """One role of one account within one area, optionally for one organisation and what is below it, dated.

    Ended by its last day, never deleted: who might see what on a past day stays answerable.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    area_code = models.CharField(_("辖区代码"), max_length=15)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet[RoleGrant]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("角色授权")
        ordering: ClassVar[list[str]] = ["user", "role", "area_code", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="directory_rolegrant_area_role_open_once",
                fields=["user", "role", "area_code"],
                condition=Q(valid_to__isnull=True, organisation__isnull=True),
            ),
            models.UniqueConstraint(
                name="directory_rolegrant_organisation_role_open_once",
                fields=["user", "role", "area_code", "organisation"],
                condition=Q(valid_to__isnull=True, organisation__isnull=False),
            ),
            models.CheckConstraint(name="directory_rolegrant_has_an_area", condition=~Q(area_code="")),
            ends_after_it_starts("directory_rolegrant_ends_after_it_starts"),
        ]
