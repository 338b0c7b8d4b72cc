"""The lattice against H3's own boundaries."""

from __future__ import annotations

import h3.api.numpy_int as h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoInputError
from geo.lattice import distance_m, fit_lattice

SHEFFIELD = (53.38, -1.47)


def disk(latitude: float, longitude: float, *, resolution: int, rings: int) -> np.ndarray:
    return np.array(
        h3.grid_disk(h3.latlng_to_cell(latitude, longitude, resolution), rings), dtype=np.uint64
    )


def worst_corner_m(cells: np.ndarray) -> float:
    """Largest distance between a corner of ours and the nearest of H3's."""
    worst = 0.0
    for ours, cell in zip(fit_lattice(cells).corners(), cells, strict=True):
        theirs = np.array(h3.cell_to_boundary(cell))[:, ::-1]
        apart = [distance_m(np.tile(corner, (len(theirs), 1)), theirs).min() for corner in ours]
        worst = max(worst, *apart)
    return worst


@settings(max_examples=25, deadline=None)
@given(
    latitude=st.floats(49.9, 60.8),
    longitude=st.floats(-8.0, 1.7),
    resolution=st.integers(7, 11),
    rings=st.integers(0, 6),
)
def test_corners_agree_with_h3_anywhere_in_great_britain(
    latitude: float, longitude: float, resolution: int, rings: int
) -> None:
    assert worst_corner_m(disk(latitude, longitude, resolution=resolution, rings=rings)) < 0.01


def test_a_whole_force_area_is_one_exact_lattice() -> None:
    cells = disk(*SHEFFIELD, resolution=9, rings=120)
    lattice = fit_lattice(cells)
    h3_centres = np.array([h3.cell_to_latlng(cell) for cell in cells])[:, ::-1]
    assert len(cells) > 40_000
    assert distance_m(lattice.centres(), h3_centres).max() < 0.001
    assert lattice.steps.min() == 0


def test_no_two_cells_share_a_step() -> None:
    steps = fit_lattice(disk(*SHEFFIELD, resolution=10, rings=20)).steps
    assert len(np.unique(steps, axis=0)) == len(steps)


def test_order_of_the_cells_does_not_move_them() -> None:
    cells = disk(*SHEFFIELD, resolution=9, rings=5)
    forward, backward = fit_lattice(cells), fit_lattice(cells[::-1])
    assert distance_m(forward.centres(), backward.centres()[::-1]).max() < 0.001


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (np.array([], dtype=np.uint64), "no cells"),
        (
            np.concatenate(
                [disk(*SHEFFIELD, resolution=8, rings=0), disk(*SHEFFIELD, resolution=9, rings=0)]
            ),
            "resolutions 8, 9",
        ),
        (
            np.concatenate(
                [disk(*SHEFFIELD, resolution=5, rings=1), disk(40.7, -74.0, resolution=5, rings=1)]
            ),
            "one face",
        ),
    ],
)
def test_refuses_what_is_not_one_lattice(cells: np.ndarray, sentence: str) -> None:
    with pytest.raises(GeoInputError, match=sentence):
        fit_lattice(cells)


def test_refuses_cells_on_both_sides_of_a_face_edge() -> None:
    crossing = next(
        cells
        for latitude in np.arange(35.0, 62.0, 0.5)
        if (cells := disk(latitude, 20.0, resolution=6, rings=40)).size
        and len({tuple(h3.get_icosahedron_faces(cell)) for cell in cells}) > 1
    )
    with pytest.raises(GeoInputError, match="one face"):
        fit_lattice(crossing)
