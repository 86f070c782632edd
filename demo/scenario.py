"""What the reference district must add up to, when it reports, and which rows are wrong on purpose; the only place with these facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEED = 20200323
FRAME_SHEET = "resumption.frame"
LEDGER_SHEET = "resumption.ledger"

FIRST_DAY = date(2020, 2, 10)
TARGET_DAY = date(2020, 3, 23)
# Publicly reported for the district as of TARGET_DAY (reference-district.md, R1 and R2).
TARGET_ENTERPRISES = 1_096
TARGET_PEOPLE = 72_556
FIRST_DAY_ENTERPRISES = 62

REPORT_DATES = (
    date(2020, 2, 10),
    date(2020, 2, 14),
    date(2020, 2, 17),
    date(2020, 2, 21),
    date(2020, 2, 24),
    date(2020, 3, 2),
    date(2020, 3, 9),
    date(2020, 3, 16),
    date(2020, 3, 20),
    date(2020, 3, 22),
    date(2020, 3, 23),
    date(2020, 3, 24),
    date(2020, 3, 27),
    date(2020, 3, 30),
)

# Relative number of new resumptions on one working day of the week that starts on the Monday; a weekend day has a sixth.
WEEKLY_PACE = {
    date(2020, 2, 10): 26,
    date(2020, 2, 17): 52,
    date(2020, 2, 24): 44,
    date(2020, 3, 2): 30,
    date(2020, 3, 9): 20,
    date(2020, 3, 16): 11,
    date(2020, 3, 23): 7,
}
# Enterprises of the frame which resume after the target day; the remainder of the frame stays closed.
LATER_RESUMPTIONS = {
    date(2020, 3, 24): 6,
    date(2020, 3, 25): 4,
    date(2020, 3, 26): 5,
    date(2020, 3, 27): 4,
    date(2020, 3, 30): 6,
}


class Category(StrEnum):
    """The seven kinds of above-scale enterprises (handbook B4)."""

    INDUSTRY = "INDUSTRY"
    CONSTRUCTION = "CONSTRUCTION"
    WHOLESALE = "WHOLESALE"
    RETAIL = "RETAIL"
    HOTEL_CATERING = "HOTEL_CATERING"
    REALESTATE_DEV = "REALESTATE_DEV"
    SERVICE = "SERVICE"


# First spelling: the statistics bureau and most subdistricts; second: two subdistricts write it short.
CATEGORY_SPELLINGS = {
    Category.INDUSTRY: ("规模以上工业", "规上工业"),
    Category.CONSTRUCTION: ("有资质的建筑业", "建筑业"),
    Category.WHOLESALE: ("限额以上批发", "限上批发"),
    Category.RETAIL: ("限额以上零售", "限上零售"),
    Category.HOTEL_CATERING: ("限额以上住宿、餐饮", "限上住餐"),
    Category.REALESTATE_DEV: ("房地产开发经营", "房地产"),
    Category.SERVICE: ("规模以上服务业", "规上服务业"),
}

CATEGORY_SIZES = {
    Category.INDUSTRY: 62,
    Category.CONSTRUCTION: 150,
    Category.WHOLESALE: 250,
    Category.RETAIL: 160,
    Category.HOTEL_CATERING: 130,
    Category.REALESTATE_DEV: 85,
    Category.SERVICE: 346,
}


@dataclass(frozen=True)
class Subdistrict:
    """One of the thirteen subdistricts with the number of its enterprises of each standing."""

    code: str
    name: str
    in_frame: int
    outside: int
    branches: int


SUBDISTRICTS = (
    Subdistrict("370102001", "解放路街道", 80, 10, 1),
    Subdistrict("370102002", "千佛山街道", 75, 10, 1),
    Subdistrict("370102003", "趵突泉街道", 70, 9, 1),
    Subdistrict("370102004", "泉城路街道", 120, 13, 4),
    Subdistrict("370102005", "大明湖街道", 45, 7, 1),
    Subdistrict("370102006", "东关街道", 50, 8, 1),
    Subdistrict("370102007", "文东街道", 115, 13, 2),
    Subdistrict("370102008", "建新街道", 45, 7, 1),
    Subdistrict("370102009", "甸柳街道", 40, 7, 1),
    Subdistrict("370102010", "燕山街道", 48, 7, 1),
    Subdistrict("370102011", "姚家街道", 190, 20, 4),
    Subdistrict("370102012", "龙洞街道", 140, 14, 3),
    Subdistrict("370102013", "智远街道", 165, 15, 4),
)

# These two subdistricts type an above-scale category for their branches; the statistics bureau's list decides against them.
BRANCHES_TYPED_AS_ABOVE_SCALE = ("370102004", "370102013")

JANUARY = date(2020, 1, 1)
MARCH = date(2020, 3, 1)
# The March list: who enters (and resumes late), who leaves, who changes category. Entering and leaving enterprises resume
# after the target day or not at all, so that the target holds over either list and the totals of 03-30 tell them apart.
MARCH_ENTERS = (
    ("370102011", Category.SERVICE, date(2020, 3, 25)),
    ("370102011", Category.RETAIL, date(2020, 3, 26)),
    ("370102013", Category.SERVICE, date(2020, 3, 26)),
    ("370102012", Category.WHOLESALE, date(2020, 3, 27)),
    ("370102007", Category.HOTEL_CATERING, date(2020, 3, 30)),
    ("370102004", Category.HOTEL_CATERING, None),
    ("370102006", Category.CONSTRUCTION, None),
)
MARCH_LEAVES_AND_RESUMES = (date(2020, 3, 25), date(2020, 3, 27))
MARCH_LEAVES_CLOSED = 4
MARCH_CHANGES = (
    (Category.WHOLESALE, Category.RETAIL),
    (Category.RETAIL, Category.WHOLESALE),
    (Category.INDUSTRY, Category.SERVICE),
)


class WrongKind(StrEnum):
    """What is wrong with a row, in words of this scenario; every kind must be rejected by an importer."""

    USCC_LETTER_O = "uscc_letter_o"
    USCC_CHECK_DIGIT = "uscc_check_digit"
    USCC_SCIENTIFIC = "uscc_scientific"
    IMPOSSIBLE_DAY = "impossible_day"
    VAGUE_NUMBER = "vague_number"
    MORE_AT_WORK_THAN_STAFF = "more_at_work_than_staff"
    RESUMED_AFTER_AS_OF = "resumed_after_as_of"
    DUPLICATE_ROW = "duplicate_row"
    OTHER_SUBDISTRICT = "other_subdistrict"


@dataclass(frozen=True)
class Wrong:
    """One row that is wrong on purpose, in the file of one subdistrict for one date."""

    on: date
    area: str
    kind: WrongKind


WRONG_ROWS = (
    Wrong(date(2020, 2, 17), "370102004", WrongKind.USCC_LETTER_O),
    Wrong(date(2020, 2, 24), "370102006", WrongKind.VAGUE_NUMBER),
    Wrong(date(2020, 3, 2), "370102011", WrongKind.IMPOSSIBLE_DAY),
    Wrong(date(2020, 3, 9), "370102007", WrongKind.USCC_CHECK_DIGIT),
    Wrong(date(2020, 3, 16), "370102012", WrongKind.MORE_AT_WORK_THAN_STAFF),
    Wrong(date(2020, 3, 16), "370102009", WrongKind.DUPLICATE_ROW),
    Wrong(date(2020, 3, 20), "370102013", WrongKind.RESUMED_AFTER_AS_OF),
    Wrong(date(2020, 3, 20), "370102005", WrongKind.USCC_SCIENTIFIC),
    Wrong(date(2020, 3, 22), "370102002", WrongKind.OTHER_SUBDISTRICT),
    Wrong(date(2020, 3, 23), "370102001", WrongKind.USCC_LETTER_O),
    Wrong(date(2020, 3, 23), "370102011", WrongKind.MORE_AT_WORK_THAN_STAFF),
    Wrong(date(2020, 3, 23), "370102013", WrongKind.IMPOSSIBLE_DAY),
    Wrong(date(2020, 3, 23), "370102006", WrongKind.OTHER_SUBDISTRICT),
    Wrong(date(2020, 3, 23), "370102004", WrongKind.DUPLICATE_ROW),
    Wrong(date(2020, 3, 23), "370102008", WrongKind.VAGUE_NUMBER),
    Wrong(date(2020, 3, 24), "370102003", WrongKind.USCC_CHECK_DIGIT),
    Wrong(date(2020, 3, 24), "370102010", WrongKind.RESUMED_AFTER_AS_OF),
    Wrong(date(2020, 3, 27), "370102012", WrongKind.USCC_SCIENTIFIC),
    Wrong(date(2020, 3, 27), "370102007", WrongKind.MORE_AT_WORK_THAN_STAFF),
    Wrong(date(2020, 3, 30), "370102011", WrongKind.DUPLICATE_ROW),
    Wrong(date(2020, 3, 30), "370102013", WrongKind.USCC_LETTER_O),
    Wrong(date(2020, 3, 30), "370102002", WrongKind.VAGUE_NUMBER),
)
