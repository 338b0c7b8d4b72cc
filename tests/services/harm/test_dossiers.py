"""What happened in some cells is what happened in each of them."""

from __future__ import annotations

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.services.harm.dossiers import cell_dossier, story_of
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.workspace import Workspace
from geo import frames


@pytest.fixture(scope="module")
def profile(sample_ws: Workspace) -> HarmProfile:
    request = ProfileRequest("csp:E22990001", Period.parse("2025-11", "2026-01"))
    return build_profile(sample_ws, request)


def highest(profile: HarmProfile, n_cells: int) -> list[int]:
    ranked = profile.frame.sort_values(frames.DENSITY, ascending=False)
    return [int(cell) for cell in ranked[frames.CELL].head(n_cells)]


def test_the_story_of_some_cells_is_the_sum_of_theirs(
    sample_ws: Workspace, profile: HarmProfile
) -> None:
    cells = highest(profile, 3)
    story = story_of(profile, cells)
    each = [cell_dossier(sample_ws, cell, profile) for cell in cells]
    assert story.by_category["count"].sum() == sum(one.count for one in each)
    assert story.by_category["harm_days"].sum() == pytest.approx(sum(one.harm_days for one in each))
    assert np.nansum(story.by_month["count"]) == sum(one.count for one in each)
    assert story.by_category["harm_days"].is_monotonic_decreasing


def test_a_month_that_is_not_loaded_is_a_gap(profile: HarmProfile) -> None:
    by_month = story_of(profile, highest(profile, 1)).by_month
    assert list(by_month["month"]) == ["2025-11", "2025-12", "2026-01"]
    assert list(by_month["count"].isna()) == [False, False, True]


def test_cells_of_no_incident_have_no_story(profile: HarmProfile) -> None:
    empty = profile.frame.loc[profile.frame[frames.COUNT] == 0, frames.CELL].head(2)
    assert story_of(profile, [int(cell) for cell in empty]).by_category.empty
