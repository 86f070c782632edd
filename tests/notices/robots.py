"""A robot of a chat group, as the tests need one: keeps what it was told and answers what it is told to answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Robot(ThreadingHTTPServer):
    """Listens on a port of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, str]] = []

    @property
    def host(self) -> str:
        """Name and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def texts(self) -> list[str]:
        """The texts that arrived."""
        return [str(content.get("text", content.get("content"))) for _path, content in self.told]


class _Handler(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:
        """Keep it and answer."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append((self.path, body))
        status, text = self.server.answers.pop(0) if self.server.answers else (200, '{"errcode": 0}')
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://{self.server.host}/elsewhere")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@contextmanager
def listening() -> Iterator[Robot]:
    """A robot for as long as the block runs."""
    robot = Robot()
    thread = threading.Thread(target=robot.serve_forever, daemon=True)
    thread.start()
    try:
        yield robot
    finally:
        robot.shutdown()
        robot.server_close()
        thread.join()
