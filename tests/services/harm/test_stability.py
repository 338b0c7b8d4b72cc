"""Cells that stay among the hottest whatever the analyst chooses."""

from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.harm.stability import StabilityRequest, map_stability
from geo.cells import cell_of, neighbours

BOTH_YEARS = ProfileRequest("Marram", Period.parse("2024-01", "2025-12"))
YEAR = replace(BOTH_YEARS, period=Period.parse("2025-01", "2025-12"))
PIERHEAD, SALTINGS = (-3.7398, 53.7543), (-3.7367, 53.7419)
BENTS, RETAIL_PARK = (-3.6545, 53.7479), (-3.6942, 53.7568)


@pytest.fixture(scope="module")
def found(sample_ws):
    return map_stability(sample_ws, StabilityRequest(BOTH_YEARS))


def best_near(found, spot):
    """The steadiest word for the spot's cell and those around it."""
    cells = found.cells["cell"].to_numpy()
    indptr, indices = neighbours(cells)
    at = int(np.flatnonzero(cells == cell_of([spot[0]], [spot[1]], 9)[0])[0])
    near = found.cells.iloc[indices[indptr[at] : indptr[at + 1]]]
    return near.sort_values("share_of_runs")["steadiness"].iloc[-1]


@pytest.mark.parametrize("spot", [PIERHEAD, SALTINGS])
def test_planted_tops_that_stayed_are_robust(found, spot):
    assert best_near(found, spot) == "robust"


def test_what_moved_is_not_robust_over_the_years_but_within_one(sample_ws, found):
    assert best_near(found, BENTS) in ("likely", "fragile")
    assert best_near(map_stability(sample_ws, StabilityRequest(YEAR)), BENTS) == "robust"


def test_the_decoy_depends_on_the_scheme(found):
    assert best_near(found, RETAIL_PARK) in ("likely", "fragile")


def test_every_combination_is_a_run(found):
    assert len(found.table) == 4 * 3 * 2 * 3 * 2 == found.stability.n_runs
    assert not found.table.drop(columns="shared_with_asked").duplicated().any()
    assert found.table["shared_with_asked"].between(0, 1).all()
    assert found.table["shared_with_asked"].max() == 1


def test_the_run_as_asked_is_the_profile_itself(sample_ws):
    only = StabilityRequest(
        YEAR,
        schemes=("cchi-2026",),
        bandwidths_m=(400.0,),
        resolutions=(9,),
        shifts=((0.0, 0.0), (0.0, 0.0)),
    )
    found = map_stability(sample_ws, only)
    density = build_profile(sample_ws, YEAR).frame["density"]
    top = density.nlargest(found.stability.k).index
    assert (found.cells.loc[top, "share_of_runs"] == 1).all()
    assert found.cells["share_of_runs"].sum() == found.stability.k


def test_a_shifted_grid_is_another_map_of_the_same_harm(sample_ws):
    asked = StabilityRequest(YEAR, schemes=("cchi-2026",), bandwidths_m=(400.0,), resolutions=(9,))
    table = map_stability(sample_ws, asked).table.set_index("grid_shift")["shared_with_asked"]
    assert table["0 east, 0 north"] == 1
    assert table.drop("0 east, 0 north").between(0.5, 0.99).all()


def test_a_bandwidth_finer_than_the_grid_is_left_out(sample_ws):
    asked = StabilityRequest(YEAR, bandwidths_m=(250.0, 400.0))
    table = map_stability(sample_ws, asked).table
    assert set(table.loc[table["bandwidth_m"] == 250.0, "resolution"]) == {10}


def test_progress_is_told_to_the_end(sample_ws):
    told = []
    map_stability(
        sample_ws,
        StabilityRequest(YEAR),
        progress=lambda done, total, what: told.append(done / total),
    )
    assert told == sorted(told) and told[-1] == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"top_share": 5.0}, r"5 per cent is 0\.05"),
        ({"schemes": ("guesswork",)}, "'guesswork'"),
        ({"resolutions": (3,), "bandwidths_m": (400.0,)}, "0 run|outside 5 to 12"),
        (
            {
                "schemes": ("count",),
                "bandwidths_m": (400.0,),
                "resolutions": (9,),
                "shifts": ((0.0, 0.0),),
            },
            "1 run was found",
        ),
    ],
)
def test_nonsense_is_a_sentence(sample_ws, changes, says):
    with pytest.raises(Refusal, match=says):
        map_stability(sample_ws, StabilityRequest(YEAR, **changes))
