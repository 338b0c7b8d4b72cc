"""The months of a harm map are the harm map, taken apart."""

from __future__ import annotations

import numpy as np
import pytest

from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.services.harm.monthly import MonthlyHarm, monthly_harm
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.workspace import Workspace
from geo import frames

REQUEST = ProfileRequest("csp:E22990001", Period.parse("2025-01", "2025-12"))


@pytest.fixture(scope="module")
def monthly(sample_ws: Workspace) -> MonthlyHarm:
    return monthly_harm(sample_ws, REQUEST)


@pytest.fixture(scope="module")
def profile(sample_ws: Workspace) -> HarmProfile:
    return build_profile(sample_ws, REQUEST)


def test_months_add_up_to_the_period(monthly: MonthlyHarm, profile: HarmProfile) -> None:
    assert monthly.months == tuple(REQUEST.period)
    assert list(monthly.cells) == list(profile.frame[frames.CELL])
    assert list(monthly.count.sum(axis=1)) == list(profile.frame[frames.COUNT])
    mean = monthly.density.mean(axis=1)
    assert mean == pytest.approx(profile.frame[frames.DENSITY].to_numpy())


def test_a_month_is_the_profile_of_that_month(sample_ws: Workspace, monthly: MonthlyHarm) -> None:
    month = Month(2025, 5)
    alone = build_profile(sample_ws, ProfileRequest(REQUEST.area, Period(month, month)))
    found = monthly.frame(month)
    for column in (frames.DENSITY, frames.COUNT):
        assert found[column].to_numpy(float) == pytest.approx(alone.frame[column].to_numpy(float))
    assert np.isin(found[frames.DENSITY], monthly.every(frames.DENSITY)).all()


def test_a_month_that_is_not_loaded_has_no_map(sample_ws: Workspace) -> None:
    longer = ProfileRequest(REQUEST.area, Period.parse("2025-11", "2026-02"))
    found = monthly_harm(sample_ws, longer)
    assert found.months == (Month(2025, 11), Month(2025, 12))
    with pytest.raises(KeyError):
        found.frame(Month(2026, 1))


def test_a_period_without_months_is_refused(sample_ws: Workspace) -> None:
    with pytest.raises(Refusal, match="No incidents are loaded for"):
        monthly_harm(sample_ws, ProfileRequest(REQUEST.area, Period.parse("2019-01", "2019-03")))
