"""Handbook D2: the first block tells the two styles apart."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.lib import project_codes


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("2020-370102-70-03-012345", "old"),
        ("2013-370102-70-01-012345", "old"),
        ("2011-370102-04-01-12345X", "new"),
        ("2012-370102-04-01-123456", "new"),
        ("2101-370102-04-05-123456", "new"),
        ("2010-370102-04-01-123456", ""),
        ("2021-370102-70-03-012345", ""),
        ("2013-370102-04-04-123456", ""),
        ("2113-370102-04-01-123456", ""),
        ("2101-370102-04-01-12345", ""),
        ("", ""),
    ],
)
def test_it_tells_the_styles_apart(code: str, style: str) -> None:
    assert project_codes.style(code) == style
    assert project_codes.region(code) == ("370102" if style else "")


@pytest.mark.parametrize(
    ("code", "is_ahead"),
    [
        ("9912-370102-04-01-123456", True),
        ("2712-370102-04-01-123456", True),
        ("2711-370102-04-01-123456", False),
        ("2020-370102-70-03-012345", False),
        ("9999", False),
    ],
)
def test_no_code_is_given_more_than_a_year_ahead(code: str, *, is_ahead: bool) -> None:
    assert project_codes.is_ahead(code, date(2026, 11, 29)) is is_ahead


def test_it_is_read_as_people_type_it() -> None:
    assert project_codes.clean("２０２０－370102—70-03-012345 ") == "2020-370102-70-03-012345"
    assert project_codes.clean(None) == ""
