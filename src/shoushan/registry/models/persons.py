"""People outside the administration that records of any domain are about: one row a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.privacy.enums import DataClass
from shoushan.privacy.fields import EncryptedTextField
from shoushan.registry.enums import DocumentType


class Person(models.Model):
    """One person, known by the document; every domain's records point here, so that nobody is there twice.

    Number and phone are encrypted and found by their blind indexes only. The ledger knows the code, which says nothing.
    """

    code = models.CharField(_("内部代码"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("姓名"), max_length=60)
    document_type = models.CharField(
        _("证件类型"), max_length=12, choices=DocumentType, default=DocumentType.RESIDENT_ID
    )
    document_no = EncryptedTextField(_("证件号码"), data_class=DataClass.IDENTITY)
    document_index = models.CharField(max_length=32, editable=False)
    phone = EncryptedTextField(_("手机"), blank=True, default="", data_class=DataClass.CONTACT)
    phone_index = models.CharField(max_length=32, blank=True, editable=False)
    household = EncryptedTextField(_("户籍地"), blank=True, default="", data_class=DataClass.WHEREABOUTS)
    created_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document_type", "document_index"], name="registry_person_once"),
            models.CheckConstraint(name="registry_person_has_a_document", condition=~Q(document_index="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phone_index"], name="registry_person_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """The typed code."""
        return f"person:{self.code}"
