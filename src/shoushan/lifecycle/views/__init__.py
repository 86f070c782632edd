"""Pages of dated rules, of a step, and of one step of many records."""

from shoushan.lifecycle.views.many import step_many
from shoushan.lifecycle.views.rules import document_list, risk_list, rule_create, rule_detail, rule_list
from shoushan.lifecycle.views.steps import step_page

__all__ = ["document_list", "risk_list", "rule_create", "rule_detail", "rule_list", "step_many", "step_page"]
