"""Months and periods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal

months = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))


@given(months, st.integers(-500, 500))
def test_months_add_and_subtract(month, step):
    assert month.plus(step).ordinal - month.ordinal == step
    assert Month.parse(str(month)) == month


@given(months, st.integers(0, 60))
def test_a_period_has_both_its_ends(first, length):
    period = Period(first, first.plus(length))
    listed = list(period)
    assert len(listed) == period.n_months == length + 1
    assert all(month in period for month in listed)
    assert first.plus(-1) not in period and first.plus(length + 1) not in period


@pytest.mark.parametrize("text", ["2025", "2025-13", "2025-00", "01-2025", "", "2025-1", "June"])
def test_other_texts_are_no_month(text):
    with pytest.raises(Refusal, match="year-month"):
        Month.parse(text)


def test_a_period_that_ends_before_it_starts_is_refused_with_the_remedy():
    with pytest.raises(Refusal, match="2025-01 to 2025-06"):
        Period.parse("2025-06", "2025-01")


@pytest.mark.parametrize("text", ["0001-01", "1899-12", "2200-01", "9999-12"])
def test_a_year_that_nothing_is_about_is_a_slip(text):
    with pytest.raises(Refusal, match="in the years 1900 to 2199"):
        Period.parse(text, "2025-12") if text < "2" else Period.parse("2025-01", text)
