"""Rules that exist in tests only."""

from shoushan.lifecycle import policies
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration

REGIME = RuleDeclaration(
    code="samples.regime",
    label="样例方式",
    columns=(
        RuleColumn("risk", "风险等级", (("LOW", "低风险"), ("HIGH", "高风险")), is_condition=True),
        RuleColumn("regime", "方式", (("APPROVAL", "审批"), ("NOTICE", "报告"))),
        RuleColumn("days", "工作日", is_number=True, is_required=False),
    ),
    preview=lambda rows, on, area: [policies.Change("case:1", f"{on} {area}", "审批", rows[0]["regime"])],
)
LIMITS = RuleDeclaration(
    code="samples.limits",
    label="样例限值",
    columns=(RuleColumn("name", "名称"), RuleColumn("value", "数值", is_number=True)),
    key="name",
)


def install() -> None:
    """Known as long as the process lives."""
    policies.register(REGIME, LIMITS)
