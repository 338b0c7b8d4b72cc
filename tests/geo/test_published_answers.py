"""Results that others published, reproduced to the digits they printed."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from geo.density import kernel_density
from geo.displacement import BeforeAfter, weighted_displacement_difference
from geo.hotspots.gi_star import gi_star

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "reference_results"


@pytest.fixture(scope="module")
def cases():
    file = REFERENCE / "cases.json"
    assert file.exists(), f"The published results are missing: expected {file}"
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def memphis(cases):
    """Robberies of one January and the published grid of 200 m squares."""
    published = cases["memphis_robberies_january_200m"]
    events = pd.read_csv(REFERENCE / "memphis_robberies_jan.csv")
    to_metres = Transformer.from_crs(4326, published["crs"], always_xy=True)
    x, y = to_metres.transform(events["longitude"], events["latitude"])
    around = shapely.multipoints(np.column_stack([x, y])).convex_hull.buffer(
        100, quad_segs=30
    )  # as sf does
    west, south, east, north = around.bounds
    left, low = (
        axis.ravel()
        for axis in np.meshgrid(np.arange(west, east, 200), np.arange(south, north, 200))
    )
    kept = shapely.intersects(shapely.box(left, low, left + 200, low + 200), around)
    left, low = left[kept], low[kept]
    column, row = (np.round((left - west) / 200), np.round((low - south) / 200))
    place = {key: cell for cell, key in enumerate(zip(column, row, strict=True))}
    events_in = zip(np.floor((x - west) / 200), np.floor((y - south) / 200), strict=True)
    counts = np.bincount([place[key] for key in events_in], minlength=len(left))
    return SimpleNamespace(
        published=published, x=x, y=y, left=left, low=low, column=column, row=row, counts=counts
    )


def queen_neighbours(column, row):
    place = {key: cell for cell, key in enumerate(zip(column, row, strict=True))}
    steps = [(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1)]
    return [
        [place[c + across, r + up] for across, up in steps if (c + across, r + up) in place]
        for c, r in zip(column, row, strict=True)
    ]


def three_digits(values):
    return [float(f"{value:.3g}") for value in values]


def test_memphis_grid_and_counts(memphis):
    assert len(memphis.left) == memphis.published["n_cells"]
    np.testing.assert_allclose(
        [memphis.left[0], memphis.low[0]], memphis.published["first_cell_ll"], atol=0.5
    )
    assert memphis.counts[:10].tolist() == memphis.published["n_first10"]


def test_memphis_density(memphis):
    density = kernel_density(
        memphis.x, memphis.y, None, memphis.left + 100, memphis.low + 100, bandwidth_m=1_000
    )
    unscaled = density[:10] * np.pi * 1_000**2 / 3
    assert three_digits(unscaled) == memphis.published["kde_h1000_first10"]


def test_memphis_gi_star(memphis):
    z, p, _ = gi_star(memphis.counts, queen_neighbours(memphis.column, memphis.row))
    assert three_digits(z[:10]) == memphis.published["gistar_first10"]
    assert three_digits(p[:10]) == memphis.published["p_first10"]


def test_six_points_gi_star(cases):
    case = cases["gi_star_six_points"]
    points = np.array(case["points"], dtype=float)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    z, _, _ = gi_star(case["y"], [np.flatnonzero(row <= 15) for row in apart])
    np.testing.assert_allclose(z, case["local_Gstar_binary_Z"], atol=5e-9)


def test_displacement_without_a_displacement_area(cases):
    case = cases["weighted_displacement_difference"]["cases"][0]
    found = weighted_displacement_difference(
        BeforeAfter(*case["treated"]), BeforeAfter(*case["control"]), confidence=0.90
    )
    assert found.estimate == case["est"]
    assert round(found.standard_error, 4) == case["se"]
    assert round(found.z, 6) == case["z"]
    assert [round(found.low, 6), round(found.high, 6)] == case["ci90"]


def test_displacement_of_the_published_paper(cases):
    case = cases["weighted_displacement_difference"]["cases"][1]
    found = weighted_displacement_difference(
        BeforeAfter(*case["treated"]),
        BeforeAfter(*case["control"]),
        displacement=BeforeAfter(*case["disp_treated"]),
        displacement_control=BeforeAfter(*case["disp_control"]),
    )
    assert (found.estimate, found.variance) == (case["est"], case["var"])
    assert round(found.standard_error, 3) == case["se"]
    assert round(found.z, 2) == case["z"]
    assert [round(found.low), round(found.high)] == case["ci95"]
