"""`shoushan figure` and `shoushan members`: questions to the ledger."""

from __future__ import annotations

import argparse
from typing import Any

from shoushan.config.commands.common import CommandRefused, area, day, print_json
from shoushan.figures import arithmetic
from shoushan.figures.measures import all_measures, measure
from shoushan.figures.values import Figure, evaluate, members
from shoushan.ledger.api import seal_of_size


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    one = commands.add_parser("figure", help="某日的指标")
    one.add_argument("code", metavar="指标编码", help="用 shoushan measures 查看")
    one.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至哪一天，如 2020-03-23")
    one.add_argument("--by", choices=["area", "category"], help="分街道或分类别")
    one.add_argument("--area", type=area, metavar="区划代码", help="只看这个辖区，如 370102011")
    one.add_argument("--known-at", type=int, metavar="封存", help="按某次封存时（分录条数）所知")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.set_defaults(run=run_figure)
    behind = commands.add_parser("members", help="指标背后的名单")
    behind.add_argument("code", metavar="指标编码", help="用 shoushan measures 查看")
    behind.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至哪一天，如 2020-03-23")
    behind.add_argument("--area", type=area, metavar="区划代码", help="只看这个辖区，如 370102011")
    behind.add_argument("--json", action="store_true", help="输出 JSON")
    behind.set_defaults(run=run_members)
    known = commands.add_parser("measures", help="有哪些指标")
    known.set_defaults(run=run_measures)


def run_figure(options: argparse.Namespace) -> int:
    """Print one figure."""
    asked = measure(options.code)
    if options.known_at is not None and seal_of_size(options.known_at) is None:
        raise CommandRefused(f"没有 {options.known_at} 条分录的封存，可用 shoushan ledger seals 查看。")
    areas = (options.area,) if options.area else ()
    figure = evaluate(asked, as_of=options.as_of, areas=areas, by=options.by or "", known_at=options.known_at)
    if options.json:
        print_json(figure.as_dict())
    else:
        _print(figure)
    return 0


def _print(figure: Figure) -> None:
    unit = figure.measure.unit
    print(f"{figure.measure.name}：{shown(figure.value)}{unit}（截至 {figure.as_of}）")
    if figure.denominator is not None:
        print(f"  = {figure.numerator} ÷ {figure.denominator}（{figure.measure.base}）")
    for part in figure.parts:
        print(f"  {part.name}\t{shown(part.value)}{unit}")


def shown(value: Any) -> str:
    """A value with thousands separators; nothing to divide by is a dash."""
    plain = arithmetic.plain(value)
    return "—" if plain is None else f"{plain:,}"


def run_members(options: argparse.Namespace) -> int:
    """Print who is behind a figure."""
    areas = (options.area,) if options.area else ()
    found = members(measure(options.code), as_of=options.as_of, areas=areas)
    if options.json:
        print_json([member._asdict() for member in found])
        return 0
    for member in found:
        print(f"{member.subject}\t{member.name}\t{member.amount:,}")
    print(f"合计 {sum(member.amount for member in found):,}")
    return 0


def run_measures(options: argparse.Namespace) -> int:
    """Print all measures."""
    for each in all_measures().values():
        print(f"{each.code}\t{each.name}（{each.unit}）\t{each.definition}")
    return 0
