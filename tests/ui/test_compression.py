"""Texts go out compressed to who can read it; files that are compressed by themselves, and streams, go out as they are."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory

from shoushan.ui.compression import CompressedPages

LONG = "复工" * 400


def answered(response: HttpResponseBase, accepts: str = "gzip") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressedPages(lambda _request: response)(request)  # type: ignore[return-value]


def test_a_text_is_compressed_for_who_accepts_it() -> None:
    packed = answered(HttpResponse(LONG))

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == LONG  # type: ignore[attr-defined]
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in answered(HttpResponse(LONG), "identity")


def test_its_length_says_nothing_of_what_is_in_it() -> None:
    lengths = {len(answered(HttpResponse(LONG)).content) for _time in range(40)}  # type: ignore[attr-defined]

    assert len(lengths) > 1


@pytest.mark.parametrize("kind", ["application/pdf", "image/webp", "application/vnd.ms-excel"])
def test_what_is_compressed_by_itself_goes_out_as_it_is(kind: str) -> None:
    assert "Content-Encoding" not in answered(HttpResponse(LONG, kind))


def test_a_stream_goes_out_as_it_is() -> None:
    response = answered(FileResponse(iter([LONG.encode()]), content_type="text/plain"))

    assert "Content-Encoding" not in response


@pytest.mark.django_db
def test_the_site_does_so() -> None:
    answer = Client().get("/sign-in/", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert "登录" in gzip.decompress(answer.content).decode()
