"""The layers of the analyses of the sample place say what the analyses found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.services.harm.association import AssociationRequest, find_associations
from chb.services.harm.hotspots import HotspotRequest, Hotspots, find_hotspots
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityRequest, map_stability
from chb.services.harm.trends import TrendRequest, find_trends
from chb.services.workspace import Workspace
from chb.ui.maps.analysis_layers import (
    paint_deprivation,
    paint_significance,
    paint_stability,
    paint_trend,
)
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.wire import pack_cells
from geo import frames
from tests.ui.test_wire import unpack

PROFILE = ProfileRequest("csp:E22990001", Period.parse("2025-01", "2025-12"))


@pytest.fixture(scope="module")
def found(sample_ws: Workspace) -> Hotspots:
    return find_hotspots(sample_ws, HotspotRequest(PROFILE))


def classes_of(painted: PaintedLayer) -> np.ndarray:
    return unpack(painted.packed)[1]


def figures(painted: PaintedLayer) -> dict[str, str]:
    return {row.text: row.figure for row in painted.legend.rows}


def test_significance_parts_the_cells_by_how_sure(found: Hotspots) -> None:
    painted = paint_significance(found)
    sure = classes_of(painted)
    assert np.isin(sure, (1, 2)).sum() == found.cells["hot"].sum()
    n_surest = ((found.cells["p_adjusted"] <= 0.01) & (found.cells["z"] > 0)).sum()
    assert figures(painted)["Hot, 99% sure"] == f"{n_surest} cells"
    assert painted.sentence.startswith(f"{found.cells['hot'].sum()} cells of {len(sure)} have")


def test_a_cold_cell_is_never_called_hot(found: Hotspots) -> None:
    cold = replace(found, cells=found.cells.assign(z=-found.cells["z"]))
    painted = paint_significance(cold)
    assert set(classes_of(painted)) == {0, 4}
    assert figures(painted)["Hot, 90% sure"] == "0 cells"


def test_trend_classes_add_up_to_the_table(sample_ws: Workspace) -> None:
    trends = find_trends(sample_ws, TrendRequest(PROFILE))
    painted = paint_trend(trends)
    counted = np.bincount(classes_of(painted), minlength=5)[[1, 2, 3, 4, 0]]
    assert list(counted) == list(trends.table["n_cells"][:5])
    unknown = replace(trends, cells=trends.cells.assign(change="not enough data"))
    assert figures(paint_trend(unknown))["Not enough data"] == f"{len(trends.cells)} cells"


def test_stability_says_how_many_cells_may_be_relied_on(sample_ws: Workspace) -> None:
    request = StabilityRequest(PROFILE, schemes=("cchi-2026", "count"), resolutions=(9,))
    stability = map_stability(sample_ws, request)
    painted = paint_stability(stability)
    n_robust = (stability.cells["steadiness"] == "robust").sum()
    assert figures(painted)["Robust: 80% or more"] == f"{n_robust} cells"
    assert f"{n_robust} robust" in painted.sentence


def test_deprivation_and_harm_make_nine_classes(sample_ws: Workspace) -> None:
    associations = find_associations(sample_ws, AssociationRequest(PROFILE))
    painted = paint_deprivation(associations)
    both = (associations.cells["harm_class"] == 3) & (associations.cells["deprivation_class"] == 3)
    assert (classes_of(painted) == 9).sum() == both.sum()
    assert painted.style.names[9] == "most harm, most deprived"
    assert painted.legend.squares is not None
    # The key is read from the top: its first row is that of most harm.
    assert painted.legend.squares.colours[0] == painted.style.colours[6:9]
    assert "no proof" in painted.sentence


def test_classes_lie_on_their_own_cells(found: Hotspots) -> None:
    painted = paint_significance(found)
    cells = found.cells[frames.CELL].to_numpy(dtype=np.uint64)
    hot = found.cells["hot"].to_numpy()
    same_order = pack_cells(cells, found.cells["harm_days"].to_numpy(), hot.astype(np.uint8))
    assert list(np.isin(classes_of(painted), (1, 2))) == list(unpack(same_order)[1] == 1)
