"""Two maps compared cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chb.domain.periods import Period
from chb.services.harm.comparing import compare_profiles
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.workspace import Workspace
from geo import frames

REQUEST = ProfileRequest("csp:E22990001", Period.parse("2025-01", "2025-12"))


@pytest.fixture(scope="module")
def profile(sample_ws: Workspace) -> HarmProfile:
    return build_profile(sample_ws, REQUEST)


def test_a_map_is_like_itself(profile: HarmProfile) -> None:
    compared = compare_profiles(profile, profile, frames.DENSITY)
    assert compared.n_in_both == compared.n_top == len(compared.table) == 13
    assert compared.overlap == pytest.approx(1)
    assert list(compared.table["first_rank"]) == list(range(1, 14))
    assert list(compared.table["first"]) == list(compared.table["second"])


def test_two_periods_share_some_of_their_highest(
    sample_ws: Workspace, profile: HarmProfile
) -> None:
    before = replace(REQUEST, period=Period.parse("2024-01", "2024-12"))
    compared = compare_profiles(profile, build_profile(sample_ws, before), frames.DENSITY)
    assert 0 < compared.n_in_both < compared.n_top
    assert len(compared.table) == 2 * compared.n_top - compared.n_in_both
    assert compared.overlap is not None
    assert 0 < compared.overlap < 1
    top = compared.table.iloc[0]
    assert top["first"] == profile.frame[frames.DENSITY].max()
    assert compared.first_total == pytest.approx(profile.frame[frames.HARM_DAYS].sum())


def test_a_map_of_nothing_has_no_order_and_no_highest_cells(profile: HarmProfile) -> None:
    nothing = replace(profile, frame=profile.frame.assign(**{frames.DENSITY: 0.0}))
    compared = compare_profiles(profile, nothing, frames.DENSITY)
    assert compared.overlap is None
    assert compared.n_in_both == 0
    assert len(compared.table) == compared.n_top


def test_maps_of_other_cells_are_not_compared(profile: HarmProfile) -> None:
    fewer = replace(profile, frame=profile.frame.head(5))
    with pytest.raises(ValueError, match="other cells"):
        compare_profiles(profile, fewer, frames.DENSITY)
