"""The words of an answer, whatever it is: a page, a file to download, a workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from django.http.response import HttpResponseBase
from django.urls import reverse
from pypdf import PdfReader

from tests.access.world import World, marks

TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def cell(answer: HttpResponseBase, said: Iterable[str], world: World) -> str:
    """The answer as the truth table writes it: "302 sign-in", "404", "200 records own; figures own".

    What the asker said himself, and got back, does not count; it was got back as a whole, so that the 1 of `?part=1` is not
    taken out of codes and names.
    """
    if answer.status_code == 302:
        return "302 sign-in" if answer.headers["Location"].startswith(reverse("directory:sign-in")) else "302"
    text = text_of(answer)
    for words in said:
        text = whole(words).sub("", text)
    return f"{answer.status_code} {marks(text, world)}".strip()


def whole(words: str) -> re.Pattern[str]:
    """Words that no letter or digit goes on before or after."""
    before = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", words) else ""
    after = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]$", words) else ""
    return re.compile(f"{before}{re.escape(words)}{after}")


def text_of(answer: HttpResponseBase) -> str:
    """Body and headers; the parts of a workbook unpacked. Numbers by chance, the length and the token of a form, left out."""
    body = b"".join(answer) if answer.streaming else bytes(answer.content)  # type: ignore[attr-defined]
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items() if name != "Content-Length")
    if answer.headers.get("Content-Type", "").startswith("image/"):
        return headers
    if body.startswith(b"%PDF-1.7"):
        return headers + " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if not body.startswith(b"PK"):
        return headers + TOKEN.sub("", body.decode("utf-8-sig"))
    with zipfile.ZipFile(BytesIO(body)) as book:
        return headers + " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
