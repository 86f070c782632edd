"""A site whose clock stands where a test sets it: `python -m tests.e2e.clock PORT FILE`, the moment in the file.

The program reads the time at one place, which is replaced here; nothing else differs from the site that users open.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.utils import timezone


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, as browsers open several connections."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """Says nothing of what it answers."""

    def log_message(self, *_words: object) -> None:
        """Nothing."""


def main(port: int, file: Path) -> None:
    """Serve until the process is ended."""
    timezone.now = lambda: datetime.fromisoformat(file.read_text(encoding="utf-8"))
    from shoushan.config.wsgi import application

    make_server("127.0.0.1", port, application, Server, Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
