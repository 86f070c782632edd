"""commands.md: the command line from its own parsers, with what each command answers."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from shoushan.config.cli import DONE, REFUSED, USAGE, Parser
from shoushan.config.commands import build_parser
from shoushan.config.reference.markdown import code, codes, page, prose, table
from shoushan.exchange.declarations import Problem
from shoushan.exchange.importing import ImportResult, plain_problem
from shoushan.figures.measures import all_measures
from shoushan.figures.values import Figure, Member
from shoushan.ledger.api import Finding

EXIT_CODES: Final = (
    (DONE, "done; an import with rejected rows is done too"),
    (REFUSED, "refused, or not valid: one sentence on stderr says what and how to mend it"),
    (USAGE, "wrong usage, or a setting that cannot be used"),
    (130, "interrupted; nothing half-written stays"),
)


def render() -> str:
    """The page."""
    lead = "The command `shoushan`, in `.venv/bin`. Every command honours the [settings](settings.md)."
    exits = table(("Exit code", "Meaning"), ((code(number), meaning) for number, meaning in EXIT_CODES))
    commands = (_command(name, parser, text) for name, parser, text in leaves(build_parser(Parser)))
    manage = (
        "## shoushan manage\n\nPasses everything after it to Django's own commands, with our settings: "
        "`shoushan manage shell`, `shoushan manage dbshell`."
    )
    return page("Commands", lead, [exits, *commands, manage])


def leaves(parser: argparse.ArgumentParser, text: str = "") -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Every command that does something: its words, its parser, its line of help."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield parser.prog, parser, text
    for group in groups:
        helps = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, below in group.choices.items():
            yield from leaves(below, helps.get(name, ""))


def _command(name: str, parser: argparse.ArgumentParser, text: str) -> str:
    actions = [action for action in parser._actions if action.dest != "help"]
    parts = [f"## {name}", f"{text}。{prose(inspect.getdoc(parser.get_default('run')) or '')}"]
    parts.append(f"```\n{name} {' '.join(_usage(action) for action in actions)}".rstrip() + "\n```")
    if actions:
        parts.append(table(("Option", "Default", "Values", "说明"), (_option(action) for action in actions)))
    keys = answer_keys().get(name.removeprefix("shoushan "))
    if keys:
        parts.append(f"With `--json`: {keys}.")
    return "\n\n".join(parts)


def _usage(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"{_metavar(action)}…" if action.nargs == "+" else _metavar(action)
    words = action.option_strings[-1] + ("" if action.nargs == 0 else f" {_metavar(action)}")
    return words if action.required else f"[{words}]"


def _metavar(action: argparse.Action) -> str:
    return str(action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper()))


def _option(action: argparse.Action) -> tuple[str, ...]:
    names = codes(action.option_strings) or code(action.metavar or action.dest)
    default = "" if action.default in (None, False, "") else code(action.default)
    if action.required:
        default = "required"
    return names, default, codes(action.choices or ()), action.help or ""


def answer_keys() -> dict[str, str]:
    """Command -> the shape of its JSON, from the very types that are printed."""
    first = next(iter(all_measures().values()))
    figure = Figure(first, date(2020, 3, 23), 0, 0, None).as_dict()
    problem = plain_problem(Problem(1, "", "", "", ""))
    return {
        "import": f"a list of {_shape(ImportResult('', '').as_dict())}, each problem {_shape(problem)}",
        "figure": _shape(figure),
        "members": f"a list of {_shape(Member('', '', 0, 0).as_dict())}, whose amounts add up to the figure's numerator",
        "ledger verify": f"a list of {_shape(dict.fromkeys(Finding._fields))}, empty when nothing was altered",
    }


def _shape(content: dict[str, Any]) -> str:
    return code("{" + ", ".join(f'"{key}"' for key in content) + "}")
