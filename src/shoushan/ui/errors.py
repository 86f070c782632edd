"""Answers that say what went wrong: a whole page for a browser, a short panel for a fragment that htmx asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def wants_fragment(request: HttpRequest) -> bool:
    """Whether the answer will be put inside a page. Boosted links and restored history replace the whole page."""
    headers = request.headers
    if headers.get("HX-Request") != "true":
        return False
    whole = ("HX-Boosted", "HX-History-Restore-Request")
    return headers.get("HX-Request-Type") != "full" and not any(headers.get(name) == "true" for name in whole)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked, which reads JSON rather than a page."""
    return "Accept" in request.headers and request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def error_answer(request: HttpRequest, *, status: int, sentence: str = "") -> HttpResponse:
    """The page `ui/<status>.html` (400, 403, 404, 409, 429) with one sentence for the reader, or its fragment.

    A program that asks for JSON gets the sentence alone.
    """
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=status, json_dumps_params={"ensure_ascii": False})
    template = "ui/_error.html" if wants_fragment(request) else f"ui/{status}.html"
    return render(request, template, {"sentence": sentence, "status": status}, status=status)
