"""The synthetic enterprises of the district: names, codes, trades, staff; none of them exists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from demo import codes, scenario
from demo.industries import HOUSEHOLD_WORDS, SMALL_CATEGORIES, TRADES, Trade
from demo.scenario import Category, Subdistrict

REGIONS = ("370102",) * 6 + ("370100",) * 2 + ("370105", "370000")
PLACES = ("济南", "山东", "历下", "济南市历下区", "山东省")
WORDS = (
    "泉韵",
    "明湖",
    "齐风",
    "鲁安",
    "舜和",
    "历山",
    "千佛",
    "龙泉",
    "润泽",
    "恒信",
    "德润",
    "海右",
    "文汇",
    "清照",
    "稼轩",
    "华不注",
)
FORMS = ("有限公司",) * 6 + ("有限责任公司",) * 2 + ("股份有限公司",)
MARK = "（演示）"
RARE_CHARACTER = "𬭎"  # four bytes in GB18030: a file that holds it cannot be read as GBK
RARE_AREA = "370102005"

# Bands of staff (from, to, weight): most enterprises are small, a few are very large.
STAFF_BANDS = {
    Category.INDUSTRY: ((20, 60, 4), (60, 150, 4), (150, 400, 2), (400, 1600, 1)),
    Category.CONSTRUCTION: ((15, 50, 5), (50, 150, 5), (150, 500, 3), (500, 2200, 1)),
    Category.WHOLESALE: ((6, 20, 9), (20, 60, 6), (60, 200, 2), (200, 500, 1)),
    Category.RETAIL: ((8, 30, 8), (30, 90, 5), (90, 300, 2), (300, 1200, 1)),
    Category.HOTEL_CATERING: ((15, 40, 6), (40, 100, 6), (100, 300, 2), (300, 600, 1)),
    Category.REALESTATE_DEV: ((8, 25, 6), (25, 60, 5), (60, 150, 2)),
    Category.SERVICE: ((8, 30, 7), (30, 90, 6), (90, 300, 3), (300, 1800, 1)),
}
SMALL_BANDS = ((2, 6, 6), (6, 15, 4), (15, 40, 1))


@dataclass
class Enterprise:
    """One synthetic enterprise; the course of its resumption is filled in by demo.course."""

    serial: int
    uscc: str
    name: str
    area: str
    trade: Trade
    staff: int
    january: Category | None
    march: Category | None
    is_branch: bool = False
    march_trade: Trade | None = None
    resumed_on: date | None = None
    people_on_target_day: int = 0
    start_permille: int = 500
    notes: dict[str, str] = field(default_factory=dict)

    def category(self, on: date) -> Category | None:
        """Return the category in the statistics bureau's list in force on a day, or None outside it."""
        return self.march if on >= scenario.MARCH else self.january

    def trade_on(self, on: date) -> Trade:
        """Return the trade in the bureau's list in force on a day; one with a new category has a new trade too."""
        return self.march_trade if self.march_trade and on >= scenario.MARCH else self.trade

    @property
    def is_outside(self) -> bool:
        """Return whether the enterprise is in neither list, so that no target depends on it."""
        return self.january is None and self.march is None


class Maker:
    """Makes enterprises one after another, each with its own running number."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"{seed}:enterprises")
        self.serial = 100
        self.pending_categories = _category_lot(self.random)

    def frame_member(self, area: str) -> Enterprise:
        """Make an enterprise of the January list, which stays in it unless demo.enterprises changes that."""
        category = self.pending_categories.pop()
        return self._enterprise(area, category, category, category)

    def newcomer(self, area: str, category: Category) -> Enterprise:
        """Make an enterprise which the March list takes in."""
        return self._enterprise(area, category, None, category)

    def outsider(self, area: str, *, is_plain: bool) -> Enterprise:
        """Make a small enterprise outside the lists; a plain one has a code of digits only, as Excel likes to spoil."""
        trade = self.random.choice(TRADES[self.random.choice(SMALL_CATEGORIES)])
        if trade.code in HOUSEHOLD_WORDS and not is_plain:
            return self._household(area, trade)
        number = self._next_plain() if is_plain else self._next()
        word = RARE_CHARACTER + "泉" if is_plain and area == RARE_AREA else self.random.choice(WORDS)
        name = f"历下示例{word}{number:04d}{trade.word}{self.random.choice(FORMS)}{MARK}"
        return Enterprise(
            number, self._code(number, is_plain=is_plain), name, area, trade, self._staff(SMALL_BANDS), None, None
        )

    def branch(self, area: str) -> Enterprise:
        """Make a branch: a code of its own, but never a member of the lists."""
        category = self.random.choice((Category.SERVICE, Category.CONSTRUCTION, Category.RETAIL))
        trade = self.random.choice(TRADES[category])
        number = self._next()
        name = f"山东示例{self.random.choice(WORDS)}{trade.word}有限公司历下第{number:04d}分公司{MARK}"
        staff = self._staff(STAFF_BANDS[category][:2])
        return Enterprise(number, self._code(number), name, area, trade, staff, None, None, is_branch=True)

    def _enterprise(self, area: str, kind: Category, january: Category | None, march: Category | None) -> Enterprise:
        trade = self.random.choice(TRADES[kind])
        number = self._next()
        place, word, form = (self.random.choice(parts) for parts in (PLACES, WORDS, FORMS))
        name = f"{place}示例{word}{number:04d}{trade.word}{form}{MARK}"
        return Enterprise(number, self._code(number), name, area, trade, self._staff(STAFF_BANDS[kind]), january, march)

    def _household(self, area: str, trade: Trade) -> Enterprise:
        number = self._next()
        code = codes.uscc(entity="92", region="370102", body=codes.synthetic_body(number, is_old=False))
        name = f"历下区示例{number:04d}号{HOUSEHOLD_WORDS[trade.code]}{MARK}"
        return Enterprise(number, code, name, area, trade, self._staff(SMALL_BANDS[:2]), None, None)

    def _next(self) -> int:
        self.serial += 1
        return self.serial

    def _next_plain(self) -> int:
        while not self._code(self._next(), is_plain=True).isdigit():
            continue
        return self.serial

    def _code(self, number: int, *, is_plain: bool = False) -> str:
        region = "370102" if is_plain else self.random.choice(REGIONS)
        is_old = is_plain or number % 5 == 0
        return codes.uscc(entity="91", region=region, body=codes.synthetic_body(number, is_old=is_old))

    def _staff(self, bands: tuple[tuple[int, int, int], ...]) -> int:
        low, high, _ = self.random.choices(bands, weights=[weight for _, _, weight in bands])[0]
        return self.random.randrange(low, high)


def _category_lot(random: Random) -> list[Category]:
    lot = [category for category, size in scenario.CATEGORY_SIZES.items() for _ in range(size)]
    random.shuffle(lot)
    return lot


def _of_subdistrict(maker: Maker, subdistrict: Subdistrict) -> Iterator[Enterprise]:
    for _ in range(subdistrict.in_frame):
        yield maker.frame_member(subdistrict.code)
    for position in range(subdistrict.outside):
        yield maker.outsider(subdistrict.code, is_plain=position == 0)
    for _ in range(subdistrict.branches):
        yield maker.branch(subdistrict.code)


def _change_categories(enterprises: list[Enterprise]) -> None:
    """Let one small enterprise per change stand in another category of the March list."""
    for old, new in scenario.MARCH_CHANGES:
        members = (item for item in enterprises if item.january is old and item.march is old and item.staff > 20)
        member = next(members)
        member.march, member.march_trade = new, TRADES[new][-1]


def population(seed: int) -> list[Enterprise]:
    """Return all enterprises of the district, in a lasting order; the newcomers of March come last."""
    maker = Maker(seed)
    enterprises = [item for subdistrict in scenario.SUBDISTRICTS for item in _of_subdistrict(maker, subdistrict)]
    _change_categories(enterprises)
    for area, category, resumed_on in scenario.MARCH_ENTERS:
        newcomer = maker.newcomer(area, category)
        newcomer.resumed_on = resumed_on
        enterprises.append(newcomer)
    return enterprises
