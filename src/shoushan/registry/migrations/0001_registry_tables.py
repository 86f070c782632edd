"""The tables of the registry."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_directory_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=12, unique=True, verbose_name="内部代码")),
                (
                    "uscc",
                    models.CharField(
                        blank=True, max_length=18, null=True, unique=True, verbose_name="统一社会信用代码"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("name_key", models.CharField(editable=False, max_length=120, verbose_name="名称比对键")),
                (
                    "entity_kind",
                    models.CharField(
                        choices=[
                            ("ENTERPRISE", "企业法人"),
                            ("BRANCH", "分支机构"),
                            ("INDIVIDUAL", "个体工商户"),
                            ("COOPERATIVE", "农民专业合作社"),
                            ("INSTITUTION", "事业单位"),
                            ("ASSOCIATION", "社会团体"),
                            ("PRIVATE_NON_ENTERPRISE", "民办非企业单位"),
                            ("OTHER", "其他"),
                        ],
                        default="ENTERPRISE",
                        max_length=22,
                        verbose_name="主体类型",
                    ),
                ),
                ("is_branch", models.BooleanField(default=False, verbose_name="是否分支机构")),
                ("parent_uscc", models.CharField(blank=True, max_length=18, verbose_name="所属法人信用代码")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PREPARING", "筹建"),
                            ("ACTIVE", "存续"),
                            ("REVOKED", "吊销"),
                            ("CANCELLED", "注销"),
                            ("MOVED_OUT", "迁出"),
                        ],
                        default="ACTIVE",
                        max_length=9,
                        verbose_name="登记状态",
                    ),
                ),
                ("established_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                ("industry_code", models.CharField(blank=True, max_length=5, verbose_name="行业代码")),
                ("registered_address", models.CharField(blank=True, max_length=200, verbose_name="注册地址")),
                ("business_address", models.CharField(blank=True, max_length=200, verbose_name="经营地址")),
                ("area_code", models.CharField(max_length=9, verbose_name="所属街道代码")),
                ("community_code", models.CharField(blank=True, max_length=12, verbose_name="所属社区代码")),
                ("employees_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="职工总数")),
                ("employees_on", models.DateField(blank=True, null=True, verbose_name="职工总数截至")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("MARKET_REGULATION", "市场监管"),
                            ("STATISTICS", "统计"),
                            ("SUBDISTRICT", "街道摸排"),
                            ("ENTERPRISE", "企业自报"),
                        ],
                        max_length=17,
                        verbose_name="来源",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="登记时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="行业主管部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "企业",
                "ordering": ["area_code", "name_key", "id"],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="曾用名")),
                ("name_key", models.CharField(editable=False, max_length=120, verbose_name="名称比对键")),
                ("used_until_on", models.DateField(verbose_name="使用至")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用名",
                "ordering": ["enterprise", "-used_until_on"],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PREPARING", "筹建"),
                            ("ACTIVE", "存续"),
                            ("REVOKED", "吊销"),
                            ("CANCELLED", "注销"),
                            ("MOVED_OUT", "迁出"),
                        ],
                        max_length=9,
                        verbose_name="登记状态",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "登记状态记录",
                "ordering": ["enterprise", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Frame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("list_name", models.CharField(max_length=60, verbose_name="名册")),
                ("month", models.DateField(help_text="该月第一天", verbose_name="月份")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="锁定时间")),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="锁定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "四上企业名册",
                "ordering": ["-month", "list_name", "-revision"],
            },
        ),
        migrations.CreateModel(
            name="FrameMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "above_scale_type",
                    models.CharField(
                        choices=[
                            ("INDUSTRY", "规模以上工业"),
                            ("CONSTRUCTION", "有资质的建筑业"),
                            ("WHOLESALE", "限额以上批发业"),
                            ("RETAIL", "限额以上零售业"),
                            ("HOTEL_CATERING", "限额以上住宿和餐饮业"),
                            ("REALESTATE_DEV", "房地产开发经营业"),
                            ("SERVICE", "规模以上服务业"),
                        ],
                        max_length=14,
                        verbose_name="四上类别",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "frame",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="registry.frame",
                        verbose_name="名册",
                    ),
                ),
            ],
            options={
                "verbose_name": "四上企业名册成员",
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="场所名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("area_code", models.CharField(max_length=9, verbose_name="所属街道代码")),
                ("community_code", models.CharField(blank=True, max_length=12, verbose_name="所属社区代码")),
                ("valid_from", models.DateField(verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sites",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "经营场所",
                "ordering": ["enterprise", "valid_from", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["area_code", "name_key", "id"], name="registry_enterprise_by_area"),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(fields=["name_key", "id"], name="registry_enterprise_by_name"),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("uscc"), 18),
                    _connector="OR",
                ),
                name="registry_enterprise_uscc_has_18_characters",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("area_code"), 9)
                ),
                name="registry_enterprise_area_is_a_subdistrict",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("community_code", ""), ("community_code__startswith", models.F("area_code")), _connector="OR"
                ),
                name="registry_enterprise_community_lies_in_its_area",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entity_kind", "BRANCH"), ("is_branch", True)),
                    models.Q(("is_branch", False), models.Q(("entity_kind", "BRANCH"), _negated=True)),
                    _connector="OR",
                ),
                name="registry_enterprise_is_branch_iff_its_kind_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent_uscc", ""), ("is_branch", True), _connector="OR"),
                name="registry_enterprise_only_a_branch_has_a_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc__isnull", True), models.Q(("parent_uscc", models.F("uscc")), _negated=True), _connector="OR"
                ),
                name="registry_enterprise_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("name_key", ""), _negated=True)),
                name="registry_enterprise_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(("employees_total__isnull", True), ("employees_on__isnull", False), _connector="OR"),
                name="registry_enterprise_staff_count_has_its_day",
            ),
        ),
        migrations.AddIndex(
            model_name="enterprisename",
            index=models.Index(fields=["name_key"], name="registry_enterprisename_by_key"),
        ),
        migrations.AddConstraint(
            model_name="enterprisename",
            constraint=models.UniqueConstraint(
                fields=("enterprise", "used_until_on"), name="registry_enterprisename_ended_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprisestatus",
            constraint=models.UniqueConstraint(
                fields=("enterprise", "valid_from"), name="registry_enterprisestatus_changes_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=models.UniqueConstraint(
                fields=("list_name", "month", "revision"), name="registry_frame_revision_unique_in_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=models.UniqueConstraint(
                condition=models.Q(("locked_at__isnull", True)),
                fields=("list_name", "month"),
                name="registry_frame_one_open_in_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=models.CheckConstraint(
                condition=models.Q(("locked_by__isnull", True), ("locked_at__isnull", False), _connector="OR"),
                name="registry_frame_locked_by_only_when_locked",
            ),
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision__gte", 1)), name="registry_frame_revision_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("locked_at__isnull", True), ("locked_at__gte", models.F("created_at")), _connector="OR"
                ),
                name="registry_frame_locked_after_it_was_made",
            ),
        ),
        migrations.AddIndex(
            model_name="framemember",
            index=models.Index(fields=["frame", "above_scale_type", "enterprise"], name="registry_framemember_by_type"),
        ),
        migrations.AddConstraint(
            model_name="framemember",
            constraint=models.UniqueConstraint(
                fields=("frame", "enterprise"), name="registry_framemember_once_in_a_frame"
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("enterprise", "name"),
                name="registry_site_name_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("area_code"), 9)
                ),
                name="registry_site_area_is_a_subdistrict",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("community_code", ""), ("community_code__startswith", models.F("area_code")), _connector="OR"
                ),
                name="registry_site_community_lies_in_its_area",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="registry_site_ends_after_it_starts",
            ),
        ),
    ]
