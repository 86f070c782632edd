"""The tables of the directory."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=15, verbose_name="代码")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("DISTRICT", "区县"),
                            ("SUBDISTRICT", "街道"),
                            ("COMMUNITY", "社区"),
                            ("GRID", "网格"),
                        ],
                        max_length=11,
                        verbose_name="层级",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("valid_from", models.DateField(verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.area",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "辖区",
                "ordering": ["code", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="AreaAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="别名")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="directory.area",
                        verbose_name="辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "辖区别名",
            },
        ),
        migrations.CreateModel(
            name="AreaSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SPLIT", "拆分"),
                            ("MERGED", "合并"),
                            ("RENAMED", "更名"),
                            ("RECODED", "代码变更"),
                            ("MOVED", "划转"),
                        ],
                        max_length=7,
                        verbose_name="变更类型",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="directory.area",
                        verbose_name="新辖区",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="directory.area",
                        verbose_name="原辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "辖区沿革",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("DISTRICT", "区级机关"),
                            ("SUBDISTRICT", "街道办事处"),
                            ("COMMUNITY", "社区居委会"),
                            ("DEPARTMENT", "部门"),
                            ("PUBLIC_INSTITUTION", "事业单位"),
                            ("STATE_FIRM", "国有企业"),
                            ("LEADING_GROUP", "领导小组"),
                            ("WORKING_GROUP", "专项工作组"),
                            ("PARTY_ORGANISATION", "党组织"),
                        ],
                        max_length=18,
                        verbose_name="类型",
                    ),
                ),
                ("area_code", models.CharField(max_length=15, verbose_name="辖区代码")),
                ("sort_no", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                ("valid_from", models.DateField(verbose_name="设立日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.organisation",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "ordering": ["sort_no", "code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="用户名")),
                ("display_name", models.CharField(max_length=60, verbose_name="姓名")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="directory.organisation",
                        verbose_name="所在单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "用户",
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=60, verbose_name="职务")),
                ("sort_no", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.organisation",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位",
                "ordering": ["organisation", "sort_no", "id"],
            },
        ),
        migrations.CreateModel(
            name="PostAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="任职日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="离任日期")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="directory.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="任职人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职记录",
                "ordering": ["post", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("AREA", "辖区"),
                            ("ORGANISATION", "单位"),
                            ("ENTERPRISE", "企业"),
                            ("PROJECT", "项目"),
                            ("BUILDING", "楼宇"),
                            ("ISOLATION_SITE", "隔离点"),
                        ],
                        max_length=14,
                        verbose_name="包挂对象类型",
                    ),
                ),
                ("target_code", models.CharField(max_length=40, verbose_name="包挂对象代码")),
                ("is_primary", models.BooleanField(default=True, verbose_name="是否牵头")),
                ("duties", models.CharField(blank=True, max_length=400, verbose_name="职责")),
                ("valid_from", models.DateField(verbose_name="开始日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="包挂领导",
                    ),
                ),
            ],
            options={
                "verbose_name": "包挂责任",
                "ordering": ["target_kind", "target_code", "valid_from", "id"],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("DISTRICT_LEADER", "区级领导"),
                            ("HQ_OFFICE", "领导小组办公室"),
                            ("WG_LEAD", "专项工作组组长"),
                            ("WG_MEMBER", "专项工作组成员"),
                            ("DEPT_USER", "行业主管部门"),
                            ("STREET_ADMIN", "街道管理员"),
                            ("STREET_USER", "街道工作人员"),
                            ("COMMUNITY_USER", "社区工作人员"),
                            ("GRID_LEADER", "网格长"),
                            ("GRID_MEMBER", "网格员"),
                            ("EPI_INVESTIGATOR", "流调队员"),
                            ("SITE_MANAGER", "集中隔离点负责人"),
                            ("ENTERPRISE_CONTACT", "企业联络人"),
                            ("SERVICE_OFFICER", "服务专员"),
                            ("VOLUNTEER", "志愿者"),
                            ("PARTY_MEMBER", "在职党员"),
                            ("WRITER", "采编"),
                            ("EDITOR", "编辑"),
                            ("REVIEWER_1", "一审"),
                            ("REVIEWER_2", "二审"),
                            ("REVIEWER_3", "三审"),
                            ("PUBLISHER", "发布"),
                            ("AUDITOR", "审计管理员"),
                            ("SECURITY_ADMIN", "安全管理员"),
                            ("SYS_ADMIN", "系统管理员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("area_code", models.CharField(max_length=15, verbose_name="辖区代码")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={
                "verbose_name": "角色授权",
                "ordering": ["user", "role", "area_code", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("code", "valid_from"), name="directory_area_code_unique_per_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("code",), name="directory_area_code_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 6),
                        ("level", "DISTRICT"),
                    ),
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 9),
                        ("level", "SUBDISTRICT"),
                    ),
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 12),
                        ("level", "COMMUNITY"),
                    ),
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 15),
                        ("level", "GRID"),
                    ),
                    _connector="OR",
                ),
                name="directory_area_code_has_length_of_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "DISTRICT"), ("parent__isnull", True)),
                    models.Q(models.Q(("level", "DISTRICT"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="directory_area_only_a_district_has_no_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="directory_area_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="areaalias",
            constraint=models.UniqueConstraint(fields=("area", "name"), name="directory_areaalias_named_once"),
        ),
        migrations.AddConstraint(
            model_name="areaalias",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="directory_areaalias_name_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="areasuccession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="directory_areasuccession_told_once"),
        ),
        migrations.AddConstraint(
            model_name="areasuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True), name="directory_areasuccession_not_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="directory_organisation_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("area_code", ""), _negated=True), name="directory_organisation_has_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="directory_organisation_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        models.F("username"), django.db.models.functions.text.Lower("username")
                    )
                ),
                name="directory_user_username_is_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("username", ""), _negated=True), name="directory_user_username_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("organisation", "title"), name="directory_post_title_unique_in_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="postassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("post", "user"),
                name="directory_postassignment_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="postassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="directory_postassignment_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_primary", True), ("valid_to__isnull", True)),
                fields=("target_kind", "target_code"),
                name="directory_responsibility_one_open_primary_leader",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_code", ""), _negated=True), name="directory_responsibility_names_its_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="directory_responsibility_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", True), ("valid_to__isnull", True)),
                fields=("user", "role", "area_code"),
                name="directory_rolegrant_area_role_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False), ("valid_to__isnull", True)),
                fields=("user", "role", "area_code", "organisation"),
                name="directory_rolegrant_organisation_role_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("area_code", ""), _negated=True), name="directory_rolegrant_has_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="directory_rolegrant_ends_after_it_starts",
            ),
        ),
    ]
