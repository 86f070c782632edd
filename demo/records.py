"""Rows of the resumption ledgers as plain values, before anybody's way of writing; the wrong rows are made here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from demo import codes, scenario
from demo.cells import Cell
from demo.course import people_at_work
from demo.enterprises import Enterprise
from demo.scenario import Category, Wrong, WrongKind

Values = dict[str, Cell]


@dataclass
class Record:
    """One row of one file: values as the street knows them, and cells that stand in the file exactly as given here."""

    enterprise: Enterprise
    values: Values
    verbatim: Values = field(default_factory=dict)
    wrong: WrongKind | None = None
    wrong_column: str = ""


def workday(day: date) -> date:
    """Return the day itself or the Friday before, for a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _stated_category(enterprise: Enterprise, on: date) -> Category | None:
    """Return what the street types: the bureau's list, except for branches in the two streets that know it better."""
    if enterprise.is_branch:
        is_mistyped = enterprise.area in scenario.BRANCHES_TYPED_AS_ABOVE_SCALE
        return Category.SERVICE if is_mistyped else None
    # A street goes on typing what an enterprise was in January, and learns of a newcomer from the March list.
    return enterprise.january or enterprise.category(on)


def _steps(enterprise: Enterprise, on: date) -> Values:
    """Return the days of application, verification and resumption, as far as they have happened."""
    start = enterprise.resumed_on
    if start is None:
        return {}
    applied = workday(start - timedelta(days=2 + enterprise.serial % 3))
    verified = max(applied, workday(start - timedelta(days=1)))
    if on < applied:
        return {}
    values: Values = {"applied_on": applied, "planned_on": start}
    if on >= verified:
        # From 2020-03-03 a low-risk area neither approves nor files; the street notes what it was told (handbook 0.2).
        kind = "批" if verified < date(2020, 3, 3) else "告"
        document = f"历复{kind}〔2020〕{enterprise.serial:04d}号"
        values |= {"verified_on": verified, "verification": "合格", "document": document}
    if on >= start:
        values |= {"resumed_on": start} | _work(enterprise, on)
    return values


def _work(enterprise: Enterprise, on: date) -> Values:
    """Return the numbers that a resumed enterprise reports on a day."""
    people = people_at_work(enterprise, on)
    capacity = max(10, min(98, people * 100 // enterprise.staff - enterprise.serial % 9))
    return {
        "people": people,
        "from_hubei": 1 if people > 60 and enterprise.serial % 7 == 0 else 0,
        "from_elsewhere": people * (enterprise.serial % 6) // 100,
        "isolated": (enterprise.staff - people) * (enterprise.serial % 4) // 60,
        "supply_days": 3 + (enterprise.serial + on.toordinal()) % 20,
        "capacity": capacity,
    }


def _values(enterprise: Enterprise, on: date) -> Values:
    street = next(item.name for item in scenario.SUBDISTRICTS if item.code == enterprise.area)
    return {
        "name": enterprise.name,
        "uscc": enterprise.uscc,
        "industry": enterprise.trade.title,
        "category": _stated_category(enterprise, on),
        "area": street,
        "department": enterprise.trade.department,
        "staff": enterprise.staff,
        "leader": f"区级领导（包挂{street}）",
        "officer": f"驻企服务专员{enterprise.serial % 12 + 1:02d}",
        "problem": enterprise.notes.get("problem"),
        "remark": "分支机构" if enterprise.is_branch else None,
        "building": f"示例商务楼{enterprise.serial % 9 + 1}号楼",
        **_steps(enterprise, on),
    }


def _next_check(code: str) -> str:
    position = codes.ALPHABET.index(code[-1]) + 1
    return code[:-1] + codes.ALPHABET[position % len(codes.ALPHABET)]


def _letter_o(record: Record, _: date) -> None:
    code = record.enterprise.uscc
    record.verbatim["uscc"] = code[:8] + code[8:].replace("0", "O", 1)


def _check_digit(record: Record, _: date) -> None:
    record.verbatim["uscc"] = _next_check(record.enterprise.uscc)


def _scientific(record: Record, _: date) -> None:
    record.verbatim["uscc"] = float(record.enterprise.uscc)


def _impossible_day(record: Record, _: date) -> None:
    record.verbatim["resumed_on"] = "2020-02-30"


def _vague_number(record: Record, _: date) -> None:
    record.values["people"] = 30
    record.values["staff"] = max(_whole(record.values["staff"]), 35)
    record.verbatim["people"] = "约30"


def _more_than_staff(record: Record, _: date) -> None:
    record.values["people"] = _whole(record.values["staff"]) + 7


def _after_as_of(record: Record, on: date) -> None:
    record.values["resumed_on"] = on + timedelta(days=3)


def _same_again(record: Record, _: date) -> None:
    """A duplicate is a faithful copy; only its place makes it wrong."""


def _whole(value: Cell) -> int:
    if not isinstance(value, int):
        raise TypeError(f"A whole number is needed here, not {value!r}.")
    return value


MISTAKES: Mapping[WrongKind, tuple[str, Callable[[Record, date], None]]] = {
    WrongKind.USCC_LETTER_O: ("uscc", _letter_o),
    WrongKind.USCC_CHECK_DIGIT: ("uscc", _check_digit),
    WrongKind.USCC_SCIENTIFIC: ("uscc", _scientific),
    WrongKind.IMPOSSIBLE_DAY: ("resumed_on", _impossible_day),
    WrongKind.VAGUE_NUMBER: ("people", _vague_number),
    WrongKind.MORE_AT_WORK_THAN_STAFF: ("people", _more_than_staff),
    WrongKind.RESUMED_AFTER_AS_OF: ("resumed_on", _after_as_of),
    WrongKind.DUPLICATE_ROW: ("uscc", _same_again),
    WrongKind.OTHER_SUBDISTRICT: ("area", _same_again),
}
EXTRA_ROWS = (WrongKind.DUPLICATE_ROW, WrongKind.OTHER_SUBDISTRICT)


def _victim(wrong: Wrong, enterprises: list[Enterprise]) -> Enterprise:
    """Choose an enterprise on which no target depends: outside both lists and no branch, at work on the day if it can be."""
    is_foreign = wrong.kind is WrongKind.OTHER_SUBDISTRICT
    outside = [
        item
        for item in enterprises
        if item.is_outside and not item.is_branch and (item.area != wrong.area) is is_foreign
    ]
    if wrong.kind is WrongKind.USCC_SCIENTIFIC:
        return next(item for item in outside if item.uscc.isdigit())
    at_work = [item for item in outside if people_at_work(item, wrong.on)]
    return at_work[wrong.on.toordinal() % len(at_work)]


def _apply(wrong: Wrong, records: list[Record], enterprises: list[Enterprise]) -> None:
    enterprise = _victim(wrong, enterprises)
    column, spoil = MISTAKES[wrong.kind]
    if wrong.kind in EXTRA_ROWS:
        record = Record(enterprise, _values(enterprise, wrong.on))
        records.append(record)
    else:
        record = next(item for item in records if item.enterprise is enterprise)
    spoil(record, wrong.on)
    record.wrong, record.wrong_column = wrong.kind, column


def ledger(enterprises: list[Enterprise], *, area: str, on: date) -> list[Record]:
    """Return the rows of one subdistrict's ledger as of a day, every enterprise of it and the wrong rows of the scenario."""
    records = [Record(item, _values(item, on)) for item in enterprises if item.area == area]
    for wrong in scenario.WRONG_ROWS:
        if (wrong.on, wrong.area) == (on, area):
            _apply(wrong, records, enterprises)
    return records
