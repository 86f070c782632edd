"""The `shoushan` command: what operators, scripts and checks call. Errors are one sentence on stderr."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

DONE, REFUSED, USAGE = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """Wrong usage is one Chinese sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"用法不对：{message}。用 {self.prog} --help 查看用法。\n")


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
        return _answer(arguments)
    except SettingError as error:
        return _say(str(error), USAGE)


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
        return _say(f"数据库不能使用（{_first_line(error)}）。如尚未建库，请先运行 shoushan setup。", REFUSED)
    except DatabaseError as error:
        return _say(f"数据库拒绝了这次操作：{_first_line(error)}。", REFUSED)
    except OSError as error:
        return _say(sentence_of(error), REFUSED)
    except KeyboardInterrupt:
        return _say("已中断，没有写入的部分不会留下。", 130)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _say(sentence: str, exit_code: int) -> int:
    print(sentence, file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    main()
