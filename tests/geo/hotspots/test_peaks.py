"""Patches of hot cells divided at their dips."""

import numpy as np
import pytest

from geo.errors import GeoInputError
from geo.hotspots.neighbours import as_neighbours
from geo.hotspots.peaks import divide_at_dips

LINE = as_neighbours([[0, 1], *[[at - 1, at + 1] for at in range(1, 8)], [7]], 9)
HEIGHT = np.array([1.0, 4, 2, 3, 3.5, 1, 0, 5, 0])
HOT = HEIGHT > 0


@pytest.mark.parametrize(
    ("saddle_share", "peaks"),
    [
        (0.0, [1, 1, 1, 1, 1, 1, -1, 7, -1]),
        (0.5, [1, 1, 1, 1, 1, 1, -1, 7, -1]),
        (0.6, [1, 1, 1, 4, 4, 4, -1, 7, -1]),
        (1.0, [1, 1, 1, 4, 4, 4, -1, 7, -1]),
    ],
)
def test_a_dip_divides_when_it_is_deep_beside_the_lower_peak(saddle_share, peaks):
    found = divide_at_dips(HOT, HEIGHT, LINE, saddle_share=saddle_share)
    assert found.tolist() == peaks


def test_no_hot_cell_is_no_peak():
    found = divide_at_dips(np.zeros(9, bool), HEIGHT, LINE, saddle_share=0.75)
    assert found.tolist() == [-1] * 9


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("saddle_share", [0.0, 0.5, 0.75, 1.0])
def test_every_part_is_contiguous_and_holds_its_peak(seed, saddle_share):
    side = 12
    near = as_neighbours(
        [
            [
                (row + up) * side + column + across
                for up in (-1, 0, 1)
                for across in (-1, 0, 1)
                if 0 <= row + up < side and 0 <= column + across < side
            ]
            for row in range(side)
            for column in range(side)
        ],
        side**2,
    )
    height = np.random.default_rng(seed).gamma(1, 1, side**2)
    hot = height > 0.5
    peak = divide_at_dips(hot, height, near, saddle_share=saddle_share)
    assert ((peak >= 0) == hot).all()
    for one in np.unique(peak[hot]):
        part = peak == one
        assert near.components(part).max() == 0
        assert np.flatnonzero(part)[height[part].argmax()] == one
    if saddle_share == 0:
        assert np.unique(peak[hot]).size == near.components(hot).max() + 1


def test_a_percentage_is_refused():
    with pytest.raises(GeoInputError, match=r"75 per cent is 0\.75"):
        divide_at_dips(HOT, HEIGHT, LINE, saddle_share=75)
