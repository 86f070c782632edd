"""django-import-export over the same workbook: every cell through a widget, every row through the model's validation."""

from typing import Any

from import_export import fields, resources, widgets

from bench.peers.models import PeerFirm, PeerReturn
from bench.workbook import AS_OF
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.exchange.columns import Area, Choice, Column, Percent


class CodeWidget(widgets.CharWidget):
    """The code of a spelling; an unknown one is an error."""

    def __init__(self, codes: dict[str, str]) -> None:
        super().__init__()
        self.codes = codes

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The stored code."""
        text = super().clean(value, row, **kwargs) or ""
        if text and text not in self.codes:
            raise ValueError(f"unknown: {text}")
        return self.codes.get(text, "")


class PercentWidget(widgets.DecimalWidget):
    """85% as 85."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The number in points."""
        return super().clean(str(value or "").rstrip("%"), row, **kwargs)


def _widget(column: Column, kind: str, areas: dict[str, str]) -> widgets.Widget:
    if isinstance(column, Area):
        return CodeWidget(areas)
    if isinstance(column, Choice):
        return CodeWidget(dict(column.choices))
    if isinstance(column, Percent):
        return PercentWidget()
    if kind == "DateField":
        return widgets.DateWidget()
    if kind == "PositiveIntegerField":
        return widgets.IntegerWidget()
    if kind == "DecimalField":
        return widgets.DecimalWidget()
    return widgets.CharWidget(allow_blank=True)


class FirmWidget(widgets.ForeignKeyWidget):
    """The enterprise of a row; an unknown one is entered, a known one brought up to date (the documented recipe)."""

    def __init__(self, areas: dict[str, str]) -> None:
        super().__init__(PeerFirm, "uscc")
        self.areas = CodeWidget(areas)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> PeerFirm:
        """The model instance."""
        facts = {"name": row["企业名称"], "area": self.areas.clean(row["所属街道"])}
        firm, is_new = PeerFirm.objects.get_or_create(uscc=value, defaults=facts)
        if not is_new and (firm.name, firm.area) != (facts["name"], facts["area"]):
            firm.name, firm.area = facts["name"], facts["area"]
            firm.save()
        return firm


class ReturnResource(resources.ModelResource):
    """A resource as a team would declare it: headings as column names, upsert by enterprise and day, full validation."""

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """The day is that of the file."""
        dataset.append_col([AS_OF] * len(dataset), header="截至日期")


def return_resource(areas: dict[str, str]) -> resources.ModelResource:
    """The resource with a widget for every column of the product's sheet that the tables keep."""
    declared: dict[str, Any] = {
        "firm": fields.Field(attribute="firm", column_name="统一社会信用代码", widget=FirmWidget(areas)),
        "as_of": fields.Field(attribute="as_of", column_name="截至日期", widget=widgets.DateWidget()),
    }
    own = {field.name: type(field).__name__ for field in PeerReturn._meta.concrete_fields}
    for column in LedgerSheet.columns:
        if column.name in own:
            widget = _widget(column, own[column.name], areas)
            declared[column.name] = fields.Field(attribute=column.name, column_name=column.title, widget=widget)
    options = {
        "model": PeerReturn,
        "import_id_fields": ("firm", "as_of"),
        "clean_model_instances": True,
        "fields": tuple(declared),
    }
    made: resources.ModelResource = type(
        "DeclaredResource", (ReturnResource,), {**declared, "Meta": type("Meta", (), options)}
    )()
    return made
