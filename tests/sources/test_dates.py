"""Dates are ISO or day first, never month first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.sources.dates import is_skipped, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-31", date(2025, 3, 31)),
        ("2025-03-31T00:00:00", date(2025, 3, 31)),
        ("03/04/2026", date(2026, 4, 3)),
        ("31.03.2025", date(2025, 3, 31)),
        ("3-4-2026", date(2026, 4, 3)),
        ("31/02/2026", None),
        ("03/25/2026", None),
        ("46023", None),
        ("March 2025", None),
        ("0001-01-01", None),
        ("01/01/0025", None),
        ("2025-03-30 01:30", date(2025, 3, 30)),
        ("31/03/2025 14:05:59", date(2025, 3, 31)),
        ("2026-07-01T23:30:00Z", date(2026, 7, 2)),
        ("2026-01-01 23:30 +00:00", date(2026, 1, 1)),
        ("2026-03-01 24:10", None),
        ("2026-03-01 or 2026-03-04", None),
        ("01/03/2026 (to be checked)", None),
        ("", None),
    ],
)
def test_a_text_names_a_day_or_none(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2025-03-30 01:30", True),
        ("29/03/2026 01:00", True),
        ("2026-03-29 02:00", False),
        ("2026-03-29 00:59", False),
        ("2026-03-29T01:30Z", False),
        ("2026-03-28 01:30", False),
        ("2026-10-25 01:30", False),
        ("2026-03-29", False),
        ("unknown", False),
    ],
)
def test_an_hour_that_the_clocks_went_over_is_known(text: str, is_one: bool) -> None:
    assert is_skipped(text) is is_one


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_in_both_forms(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d/%m/%Y}") == day
