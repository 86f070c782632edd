"""`shoushan serve` and `shoushan jobs`: the site, and the worker behind it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.config import jobs, messages
from shoushan.config.commands.common import CommandRefused, port
from shoushan.directory.models import Area
from shoushan.lib.languages import official

STOP_SECONDS: Final = 5


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    serve = commands.add_parser("serve", help=_("启动网站和后台任务"))
    serve.add_argument("--host", default="127.0.0.1", help=_("监听地址"))
    serve.add_argument("--port", type=port, default=8000, help=_("监听端口"))
    serve.add_argument("--workers", type=int, default=2, help=_("网站进程数"))
    serve.add_argument("--no-jobs", action="store_true", help=_("后台任务另行启动"))
    serve.set_defaults(run=run_serve)
    work = commands.add_parser("jobs", help=_("后台任务"))
    work.add_argument("--once", action="store_true", help=_("做完到点的和排队的任务就退出"))
    work.set_defaults(run=run_jobs)


def run_jobs(options: argparse.Namespace) -> int:
    """Run the worker in this process."""
    with official():  # what the worker keeps is Chinese; a finding is in the language of who sent the file
        jobs.run_worker(once=options.once)
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Run the site and, unless told otherwise, the worker; both stop together."""
    if not Area.objects.exists() or not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CommandRefused(_("系统尚未就绪，请先运行 shoushan setup。"))
    messages.compile_messages(settings.LOCALE_PATHS[0])
    children = [subprocess.Popen(_granian(options))]  # noqa: S603 - our own command line
    if not options.no_jobs:
        children.append(subprocess.Popen([sys.executable, "-m", "shoushan.config.cli", "jobs"]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = f"http://{options.host}:{options.port}/"
    print(_("网站已启动：%(address)s（Ctrl+C 停止）") % {"address": address}, flush=True)
    try:
        return _watch(children)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)


def _granian(options: argparse.Namespace) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        options.host,
        "--port",
        str(options.port),
    ]
    command += ["--workers", str(options.workers), "--blocking-threads", "1", "--backpressure", "64", "--no-ws"]
    command += [
        "--log-level",
        os.environ.get("SHOUSHAN_SERVER_LOG_LEVEL", "warning"),
        "shoushan.config.wsgi:application",
    ]
    return command


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for child in children:
            code = child.poll()
            if code is not None:
                return 0 if code == 0 else 1
        time.sleep(0.3)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
