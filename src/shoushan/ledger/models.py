"""The ledger's tables: private to this package; everyone else asks `ledger.api`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Subject(models.Model):
    """What an entry is about, as a typed code such as `enterprise:7K2…`. Made at the first entry; never changed."""

    code = models.CharField(max_length=80, unique=True)


class Account(models.Model):
    """One place where something countable can be. Opened at the first move; never changed.

    `digest` is keyed with the instance's seal key, so a renamed account is found by `ledger verify`.
    """

    code = models.CharField(max_length=120)
    unit = models.CharField(max_length=12)
    area = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=40, blank=True)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "unit", "area", "category"], name="ledger_account_opened_once"),
        ]


class Entry(models.Model):
    """One event. Append-only: a mistake is taken back by a reversal and entered anew; both stay.

    `occurred_on` decides which days it counts for; `recorded_at` is when we learnt of it (whole seconds, UTC).
    `details` is canonical JSON as text, because the seal is over its very bytes. `digest` is keyed with the instance's
    seal key and covers the entry with its moves until a seal does.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    details = models.TextField(default="{}")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "occurred_on"], name="ledger_entry_kind_day"),
        ]


class Transfer(models.Model):
    """Both sides of one move in one row, so that an imbalance can't be written. Append-only.

    Day and subject repeat the entry's, so that balances and holders are answered from one index.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="transfers")
    source = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    target = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    occurred_on = models.DateField()
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_transfer_amount_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ledger_transfer_between_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["source", "occurred_on", "subject", "amount"], name="ledger_transfer_out"),
            models.Index(fields=["target", "occurred_on", "subject", "amount"], name="ledger_transfer_in"),
        ]


class Total(models.Model):
    """Net change of one account in one day or month: kept with every posting so that no question scans transfers.

    Rebuilt from zero and compared by `ledger verify`.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    grain = models.CharField(max_length=1, choices=[("D", "day"), ("M", "month")])
    period = models.DateField(help_text="The day, or the first day of the month.")
    net = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "grain", "period"], name="ledger_total_once_per_period"),
        ]


class StatedLevel(models.Model):
    """What was last stated of a subject for one day in one book. The entries hold the history; this row is the index.

    `positions` is in force from `stated_on` until the subject's next row; `revision` counts the entries made for it.
    A withdrawn row states nothing any more; it stays for its count.
    """

    book = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False)
    stated_on = models.DateField()
    positions = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "book", "stated_on"], name="ledger_stated_level_once_per_day"),
        ]


class Leaf(models.Model):
    """The place of an entry in the sealed tree. Append-only; given by the sealer alone."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    hash = models.BinaryField(max_length=32)


class TreeNode(models.Model):
    """A complete inner node of the sealed tree, kept from a height up so that proofs read few leaves."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="ledger_tree_node_once")]


class Seal(models.Model):
    """A signed statement: these are the first `size` entries, and this is the root over them. Append-only."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    frontier = models.TextField(help_text="Hex of the roots of the complete subtrees, left to right.")
    sealed_at = models.DateTimeField()
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
