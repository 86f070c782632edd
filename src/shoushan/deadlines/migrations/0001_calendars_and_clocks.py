"""Calendars by document, clocks, schedules; and the guards that keep what must not change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = ["calendarversion", "calendarday", "workinghours", "clockextension", "firing", "deadlinemove"]


def guard(apps, schema_editor):
    """What was ordered, fired, agreed or moved can be added, never changed or removed."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION deadlines_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'deadlines rows are append-only: % on %', TG_OP, TG_TABLE_NAME; END $$
            """,
            params=None,
        )
        for table in APPEND_ONLY:
            schema_editor.execute(
                f"CREATE TRIGGER deadlines_{table}_append_only BEFORE UPDATE OR DELETE ON deadlines_{table} "
                "FOR EACH ROW EXECUTE FUNCTION deadlines_refuse()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER deadlines_{table}_no_truncate BEFORE TRUNCATE ON deadlines_{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION deadlines_refuse()"
            )
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER deadlines_{table}_no_{verb.lower()} BEFORE {verb} ON deadlines_{table} "
                f"BEGIN SELECT RAISE(ABORT, 'deadlines rows are append-only: {verb} on deadlines_{table}'); END"
            )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in APPEND_ONLY:
            schema_editor.execute(f"DROP TRIGGER deadlines_{table}_append_only ON deadlines_{table}")
            schema_editor.execute(f"DROP TRIGGER deadlines_{table}_no_truncate ON deadlines_{table}")
        schema_editor.execute("DROP FUNCTION deadlines_refuse()")
        return
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER deadlines_{table}_no_{verb}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_directory_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("GOVERNMENT", "政府机关"), ("ENTERPRISE", "企业")],
                        max_length=10,
                        verbose_name="适用对象",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("document_no", models.CharField(max_length=80, verbose_name="发文字号")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="文件标题")),
                ("issued_on", models.DateField(verbose_name="发文日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("recorded_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历版本",
                "ordering": ["purpose", "year", "issued_on", "number"],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="日期")),
                ("is_working", models.BooleanField(verbose_name="是否上班")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="名称")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="deadlines.calendarversion",
                        verbose_name="日历版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历日期",
                "ordering": ["version", "on"],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80, verbose_name="时限种类")),
                ("subject", models.CharField(max_length=120, verbose_name="对象")),
                ("purpose", models.CharField(max_length=120, verbose_name="事项")),
                ("area_code", models.CharField(max_length=15, verbose_name="辖区代码")),
                (
                    "calendar",
                    models.CharField(
                        choices=[("GOVERNMENT", "政府机关"), ("ENTERPRISE", "企业")],
                        max_length=10,
                        verbose_name="适用日历",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("NATURAL_HOURS", "自然小时"),
                            ("WORKING_HOURS", "工作小时"),
                            ("WORKING_DAYS", "工作日"),
                            ("NATURAL_DAYS", "自然日"),
                        ],
                        max_length=14,
                        verbose_name="计时单位",
                    ),
                ),
                (
                    "budget",
                    models.PositiveIntegerField(
                        help_text="Minutes for hours, days for days; without extensions.", verbose_name="时限"
                    ),
                ),
                (
                    "day_end",
                    models.CharField(
                        choices=[("MIDNIGHT", "当日24时"), ("BUSINESS", "当日下班时")],
                        default="MIDNIGHT",
                        max_length=8,
                        verbose_name="末日截止",
                    ),
                ),
                ("rungs", models.JSONField(default=list, verbose_name="提醒和升级")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("RUNNING", "计时中"), ("PAUSED", "已暂停"), ("STOPPED", "已停止")],
                        default="RUNNING",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="停止时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("MET", "按时"), ("MISSED", "逾期"), ("VOID", "撤销")],
                        max_length=6,
                        verbose_name="结果",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="到期时间")),
                ("half_at", models.DateTimeField(verbose_name="过半时间")),
                ("standing_since", models.DateTimeField(null=True, verbose_name="暂停时间")),
                ("next_rung_at", models.DateTimeField(null=True, verbose_name="下次提醒")),
                ("calendar_versions", models.JSONField(default=list, verbose_name="日历版本")),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Empty while nobody has been named: such a clock runs and is escalated like any other.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="启动人",
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="停止人",
                    ),
                ),
            ],
            options={
                "verbose_name": "时限",
                "ordering": ["due_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClockExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "amount",
                    models.PositiveIntegerField(help_text="Minutes for hours, days for days.", verbose_name="延长"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="延长原因")),
                ("at", models.DateTimeField(verbose_name="批准时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="deadlines.clock",
                        verbose_name="时限",
                    ),
                ),
            ],
            options={
                "verbose_name": "时限延长",
                "ordering": ["clock", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paused_at", models.DateTimeField(verbose_name="暂停时间")),
                ("reason", models.CharField(max_length=300, verbose_name="暂停原因")),
                ("resumed_at", models.DateTimeField(null=True, verbose_name="恢复时间")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="deadlines.clock",
                        verbose_name="时限",
                    ),
                ),
                (
                    "paused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="暂停人",
                    ),
                ),
                (
                    "resumed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="恢复人",
                    ),
                ),
            ],
            options={
                "verbose_name": "时限暂停",
                "ordering": ["clock", "paused_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Firing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rung", models.CharField(max_length=40, verbose_name="级次")),
                ("rung_at", models.DateTimeField(verbose_name="应提醒时间")),
                ("fired_at", models.DateTimeField(verbose_name="提醒时间")),
                ("is_late", models.BooleanField(verbose_name="是否补发")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="firings",
                        to="deadlines.clock",
                        verbose_name="时限",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒记录",
                "ordering": ["clock", "fired_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ScheduleState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="名称")),
                ("cron", models.CharField(max_length=60, verbose_name="周期")),
                ("next_due_at", models.DateTimeField(verbose_name="下次运行")),
                ("claimed_by", models.CharField(blank=True, max_length=40, verbose_name="运行者")),
                ("claimed_until", models.DateTimeField(null=True, verbose_name="占用至")),
                ("started_at", models.DateTimeField(null=True, verbose_name="上次开始")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="上次完成")),
                ("late_seconds", models.PositiveIntegerField(default=0, verbose_name="上次延误（秒）")),
                ("runs", models.PositiveIntegerField(default=0, verbose_name="运行次数")),
                ("failure", models.TextField(blank=True, verbose_name="上次错误")),
            ],
            options={
                "verbose_name": "定时任务",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_by", ""), ("claimed_until__isnull", True)),
                            models.Q(models.Q(("claimed_by", ""), _negated=True), ("claimed_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="deadlines_schedulestate_claimed_iff_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("GOVERNMENT", "政府机关"), ("ENTERPRISE", "企业")],
                        max_length=10,
                        verbose_name="适用对象",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("opens_at", models.TimeField(verbose_name="上班时间")),
                ("closes_at", models.TimeField(verbose_name="下班时间")),
                ("lunch_from", models.TimeField(blank=True, null=True, verbose_name="午休开始")),
                ("lunch_to", models.TimeField(blank=True, null=True, verbose_name="午休结束")),
                ("document_no", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                ("recorded_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作时间",
                "ordering": ["purpose", "valid_from", "id"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_before", models.DateTimeField(verbose_name="原到期时间")),
                ("due_after", models.DateTimeField(verbose_name="现到期时间")),
                ("reason", models.CharField(max_length=400, verbose_name="原因")),
                ("moved_at", models.DateTimeField(verbose_name="变更时间")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="deadlines.clock",
                        verbose_name="时限",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="deadlines.calendarversion",
                        verbose_name="日历版本",
                    ),
                ),
                (
                    "hours",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="deadlines.workinghours",
                        verbose_name="工作时间",
                    ),
                ),
            ],
            options={
                "verbose_name": "到期时间变更",
                "ordering": ["-moved_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.UniqueConstraint(
                fields=("purpose", "year", "number"), name="deadlines_calendarversion_number_unique_in_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("document_no", ""), _negated=True),
                name="deadlines_calendarversion_names_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                name="deadlines_calendarversion_year_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(fields=("version", "on"), name="deadlines_calendarday_once_in_version"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("state__in", ["RUNNING", "PAUSED"])),
                fields=["due_at", "id"],
                name="deadlines_clock_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("next_rung_at__isnull", False)),
                fields=["next_rung_at", "id"],
                name="deadlines_clock_next_rung",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["subject", "kind"], name="deadlines_clock_subject"),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["RUNNING", "PAUSED"])),
                fields=("subject", "kind"),
                name="deadlines_clock_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__contains", ":")), name="deadlines_clock_subject_is_typed"
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget__gt", 0)), name="deadlines_clock_budget_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("area_code", ""), _negated=True), name="deadlines_clock_has_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "STOPPED"), ("stopped_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "STOPPED"), _negated=True), ("outcome", ""), ("stopped_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="deadlines_clock_stopped_iff_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_at__isnull", True), ("stopped_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="deadlines_clock_stops_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing_since__isnull", False), ("state", "PAUSED")),
                    models.Q(models.Q(("state", "PAUSED"), _negated=True), ("standing_since__isnull", True)),
                    _connector="OR",
                ),
                name="deadlines_clock_stands_iff_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "RUNNING"), ("next_rung_at__isnull", True), _connector="OR"),
                name="deadlines_clock_only_running_ones_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="deadlines_clockextension_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="deadlines_clockextension_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("approved_by")), _negated=True),
                name="deadlines_clockextension_needs_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resumed_at__isnull", True)),
                fields=("clock",),
                name="deadlines_clockpause_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="deadlines_clockpause_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumed_at__isnull", True), ("resumed_at__gte", models.F("paused_at")), _connector="OR"
                ),
                name="deadlines_clockpause_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="firing",
            constraint=models.UniqueConstraint(
                fields=("clock", "rung"), name="deadlines_firing_once_for_clock_and_rung"
            ),
        ),
        migrations.AddConstraint(
            model_name="workinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="deadlines_workinghours_close_after_they_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="workinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lunch_from__isnull", True), ("lunch_to__isnull", True)),
                    models.Q(
                        ("closes_at__gt", models.F("lunch_to")),
                        ("lunch_from__gt", models.F("opens_at")),
                        ("lunch_from__isnull", False),
                        ("lunch_to__gt", models.F("lunch_from")),
                        ("lunch_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="deadlines_workinghours_lunch_lies_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlinemove",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_before", models.F("due_after")), _negated=True),
                name="deadlines_deadlinemove_moves",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlinemove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="deadlines_deadlinemove_says_why"
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
