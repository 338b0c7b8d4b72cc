"""Dates are ISO or day first, never month first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.sources.dates import parse_date


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
        ("", None),
    ],
)
def test_a_text_names_a_day_or_none(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_in_both_forms(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d/%m/%Y}") == day
