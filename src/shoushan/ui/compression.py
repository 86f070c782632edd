"""Pages go out compressed: a phone on a slow network waits for a quarter of the bytes."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED: Final = ("text/html", "text/plain", "application/json", "image/svg+xml")
"""What shrinks. Workbooks, papers and pictures are compressed by themselves; static files are compressed at set-up."""


class CompressedPages(GZipMiddleware):
    """Django's own, with its random padding against guessing secrets by length (BREACH), for texts alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a text; everything else, and what is streamed, goes out as it is."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in COMPRESSED:
            return response
        return super().process_response(request, response)
