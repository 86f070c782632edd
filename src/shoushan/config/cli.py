"""The `shoushan` command: what operators, scripts and checks call. Errors are one sentence on stderr."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from django.utils.translation import gettext as _

from shoushan.lib.marking import noop

DONE, REFUSED, USAGE = 0, 1, 2

ARGPARSE_WORDS: Final = {
    "usage: ": noop("用法："),
    "positional arguments": noop("参数"),
    "options": noop("选项"),
    "optional arguments": noop("选项"),
    "show this help message and exit": noop("显示这份说明"),
    "the following arguments are required: %s": noop("缺少 %s"),
    "unrecognized arguments: %s": noop("不认识 %s"),
    "expected one argument": noop("后面要写一个值"),
    "expected at least one argument": noop("后面至少要写一个值"),
    "argument %(argument_name)s: %(message)s": noop("%(argument_name)s：%(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": noop("没有 %(value)r，可以写 %(choices)s"),
    "invalid %(type)s value: %(value)r": noop("%(value)r 不能读作 %(type)s"),
    "ambiguous option: %(option)s could match %(matches)s": noop("%(option)s 不明确，可能是 %(matches)s"),
}
"""argparse's own words (CPython 3.11 to 3.14), which it looks up in a catalogue that we do not have."""


class Parser(argparse.ArgumentParser):
    """Wrong usage is one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        words = {"what": message, "command": self.prog}
        self.exit(USAGE, _("用法不对：%(what)s。用 %(command)s --help 查看用法。") % words + "\n")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 done, 1 refused or not valid, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `shoushan members … | head` ends quietly
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    from shoushan.config.environment import SettingError

    try:
        import django

        if arguments[:1] == ["manage"]:
            from django.core.management import execute_from_command_line

            execute_from_command_line(["shoushan manage", *arguments[1:]])
            return DONE
        django.setup()
        _speak()
        return _answer(arguments)
    except SettingError as error:
        return _say(str(error), USAGE)


def _speak() -> None:
    """Answer in the language of the command line, also where `shoushan setup` has not compiled it yet."""
    from django.conf import settings
    from django.utils import translation

    from shoushan.lib.languages import ENGLISH

    if settings.COMMAND_LANGUAGE == ENGLISH:
        from shoushan.config.messages import compile_messages

        compile_messages(settings.LOCALE_PATHS[0], only_missing=True)
    translation.activate(settings.COMMAND_LANGUAGE)
    argparse._ = lambda text: _(ARGPARSE_WORDS[text]) if text in ARGPARSE_WORDS else text  # type: ignore[attr-defined]


def _answer(arguments: list[str]) -> int:
    from django.db import DatabaseError, OperationalError, ProgrammingError

    from shoushan.config.commands import REFUSALS, CommandRefused, build_parser
    from shoushan.config.commands.common import sentence_of

    options = build_parser(Parser).parse_args(arguments)
    try:
        return int(options.run(options))
    except CommandRefused as refused:
        return _say(str(refused), refused.exit_code)
    except REFUSALS as error:
        return _say(str(error), REFUSED)
    except (OperationalError, ProgrammingError) as error:
        return _say(_("数据库不能使用（%(reason)s）。如尚未建库，请先运行 shoushan setup。") % _why(error), REFUSED)
    except DatabaseError as error:
        return _say(_("数据库拒绝了这次操作：%(reason)s。") % _why(error), REFUSED)
    except OSError as error:
        return _say(sentence_of(error), REFUSED)
    except KeyboardInterrupt:
        return _say(_("已中断，没有写入的部分不会留下。"), 130)


def _why(error: Exception) -> dict[str, str]:
    return {"reason": (str(error).splitlines() or [type(error).__name__])[0]}


def _say(sentence: str, exit_code: int) -> int:
    print(sentence, file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    main()
