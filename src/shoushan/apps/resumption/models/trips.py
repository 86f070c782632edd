"""Charter trips that bring workers back from door to door, their seats and who has them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.models.workers import Worker
from shoushan.lifecycle.models import LifecycleRecord


class CharterTrip(LifecycleRecord):
    """One journey of one vehicle (点对点): stops with times, as many seats to give as the load limit of its day allows."""

    SUBJECT: ClassVar[str] = "trip"
    vehicle_type = models.CharField(_("车型"), max_length=40)
    vehicle_no = models.CharField(_("车牌号"), max_length=20, blank=True)
    operator = models.CharField(_("承运单位"), max_length=80, blank=True)
    seats_total = models.PositiveSmallIntegerField(_("核定座位"))
    load_percent = models.PositiveSmallIntegerField(_("最高载客率"))
    origin = models.CharField(_("出发地代码"), max_length=6)
    stops = models.JSONField(_("停靠点"), default=list)
    """[{"name", "at" (local time, HH:MM), "people"}], in the order of the journey."""
    depart_at = models.DateTimeField(_("发车时间"))
    arrive_at = models.DateTimeField(_("到达时间"))
    escort = models.CharField(_("随车人员"), max_length=60, blank=True)
    fee_bearer = models.CharField(_("费用承担"), max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="resumption_trip_arrives_later", condition=Q(arrive_at__gt=F("depart_at"))),
            models.CheckConstraint(
                name="resumption_trip_load_is_a_share", condition=Q(load_percent__gt=0, load_percent__lte=100)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "-depart_at"], name="resumption_trip_by_area")
        ]


class Seat(models.Model):
    """A seat that may be given: there are no more rows than the load limit of the day allows."""

    trip = models.ForeignKey(CharterTrip, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("座位"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trip", "number"], name="resumption_seat_once")
        ]


class SeatBooking(models.Model):
    """Who has a seat. No seat has two people and nobody two seats at a time: the database refuses."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="bookings")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="bookings")
    is_live = models.BooleanField(_("有效"), default=True)
    booked_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat"], condition=Q(is_live=True), name="resumption_seat_given_once"),
            models.UniqueConstraint(fields=["worker"], condition=Q(is_live=True), name="resumption_one_seat_a_worker"),
        ]
