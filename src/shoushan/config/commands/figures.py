"""`shoushan figure` and `shoushan members`: questions to the ledger."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import gettext as _

from shoushan.config.commands.common import CommandRefused, area, day, print_json
from shoushan.figures import arithmetic
from shoushan.figures.measures import all_measures, measure
from shoushan.figures.values import Figure, evaluate, members
from shoushan.ledger.api import seal_of_size
from shoushan.lib import units
from shoushan.ui.numerals import written


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    one = commands.add_parser("figure", help=_("某日的指标"))
    one.add_argument("code", metavar=_("指标编码"), help=_("用 shoushan measures 查看"))
    one.add_argument("--as-of", type=day, required=True, metavar=_("日期"), help=_("截至哪一天，如 2020-03-23"))
    one.add_argument("--by", choices=["area", "category"], help=_("分街道或分类别"))
    one.add_argument("--area", type=area, metavar=_("区划代码"), help=_("只看这个辖区，如 370102011"))
    one.add_argument("--known-at", type=int, metavar=_("封存"), help=_("按某次封存时（分录条数）所知"))
    one.add_argument("--json", action="store_true", help=_("输出 JSON"))
    one.set_defaults(run=run_figure)
    behind = commands.add_parser("members", help=_("指标背后的名单"))
    behind.add_argument("code", metavar=_("指标编码"), help=_("用 shoushan measures 查看"))
    behind.add_argument("--as-of", type=day, required=True, metavar=_("日期"), help=_("截至哪一天，如 2020-03-23"))
    behind.add_argument("--area", type=area, metavar=_("区划代码"), help=_("只看这个辖区，如 370102011"))
    behind.add_argument("--json", action="store_true", help=_("输出 JSON"))
    behind.set_defaults(run=run_members)
    known = commands.add_parser("measures", help=_("有哪些指标"))
    known.set_defaults(run=run_measures)


def run_figure(options: argparse.Namespace) -> int:
    """Print one figure."""
    asked = measure(options.code)
    if options.known_at is not None and seal_of_size(options.known_at) is None:
        raise CommandRefused(
            _("没有 %(size)d 条分录的封存，可用 shoushan ledger seals 查看。") % {"size": options.known_at}
        )
    areas = (options.area,) if options.area else ()
    figure = evaluate(asked, as_of=options.as_of, areas=areas, by=options.by or "", known_at=options.known_at)
    if options.json:
        print_json(figure.as_dict())
    else:
        _print(figure)
    return 0


def _print(figure: Figure) -> None:
    unit = figure.measure.unit
    words = {"name": figure.measure.name, "value": shown(figure.value, unit), "day": figure.as_of}
    print(_("%(name)s：%(value)s（截至 %(day)s）") % words)
    if figure.denominator is not None:
        over = {"over": figure.numerator, "under": figure.denominator, "base": figure.measure.base}
        print(_("  = %(over)s ÷ %(under)s（%(base)s）") % over)
    for part in figure.parts:
        print(f"  {part.name}\t{shown(part.value, unit)}")


def shown(value: Any, unit: str = "") -> str:
    """A value with thousands separators and its unit; nothing to divide by is a dash."""
    plain = arithmetic.plain(value)
    return "—" if plain is None else "".join((f"{plain:,}", *units.gap_and_word(unit, plain)))


def run_members(options: argparse.Namespace) -> int:
    """Print who is behind a figure."""
    areas = (options.area,) if options.area else ()
    asked = measure(options.code)
    found = members(asked, as_of=options.as_of, areas=areas)
    if options.json:
        print_json([each.as_dict() for each in found])
        return 0
    for member in found:
        print(f"{member.subject}\t{member.name}\t{written(member.shown)}")
    print(_("合计 %(sum)s") % {"sum": written(asked.shown(sum(member.amount for member in found)))})
    return 0


def run_measures(options: argparse.Namespace) -> int:
    """Print all measures."""
    for each in all_measures().values():
        name = _("%(name)s（%(unit)s）") % {"name": each.name, "unit": units.word(each.unit)}
        print(f"{each.code}\t{name}\t{each.definition}")
    return 0
