"""Hot cells grouped into places that keep their identity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoInputError
from geo.hotspots.clusters import cluster_totals, clusters
from geo.hotspots.identity import OverlapRule, follow

SIDE = 6
GRID = [
    [row * SIDE + column + step for step in (-1, 1) if 0 <= column + step < SIDE]
    + [
        cell
        for cell in (row * SIDE + column - SIDE, row * SIDE + column + SIDE)
        if 0 <= cell < SIDE**2
    ]
    for row in range(SIDE)
    for column in range(SIDE)
]


def naive_components(hot):
    """Flood fill from each hot cell."""
    found = []
    left = {cell for cell, is_hot in enumerate(hot) if is_hot}
    while left:
        group, edge = set(), [min(left)]
        while edge:
            cell = edge.pop()
            if cell in left:
                left.remove(cell)
                group.add(cell)
                edge.extend(GRID[cell])
        found.append(frozenset(group))
    return found


@given(hot=st.lists(st.booleans(), min_size=SIDE**2, max_size=SIDE**2))
def test_clusters_equal_a_flood_fill_largest_first(hot):
    numbers = clusters(hot, GRID)
    groups = [frozenset(np.flatnonzero(numbers == n).tolist()) for n in range(numbers.max() + 1)]
    assert sorted(groups, key=min) == sorted(naive_components(hot), key=min)
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    assert (numbers[~np.array(hot)] == -1).all()


def test_clusters_ranked_by_harm_and_small_ones_left_out():
    hot = np.zeros(SIDE**2, bool)
    hot[[0, 1, 2, 10, 11, 35]] = True
    harm = np.where(hot, 1.0, 0.0)
    harm[10] = 50
    numbers = clusters(hot, GRID, rank_by=harm, fewest_cells=2)
    assert numbers[[0, 10, 35]].tolist() == [1, 0, -1]
    assert cluster_totals(numbers, harm).tolist() == [51, 3]


def test_no_hot_cells_and_wrong_columns():
    assert clusters(np.zeros(SIDE**2, bool), GRID).tolist() == [-1] * SIDE**2
    assert cluster_totals(np.full(3, -1), [1, 2, 3]).size == 0
    with pytest.raises(GeoInputError, match="true or false"):
        clusters(np.zeros(SIDE**2), GRID)


def labels(*groups):
    out = np.full(30, -1)
    for number, cells in enumerate(groups):
        out[list(cells)] = number
    return out


def test_identity_survives_renumbering_growth_and_shrinking():
    earlier = labels(range(0, 5), range(10, 14))
    later = labels(range(11, 20), range(0, 2))
    found = follow(earlier, later, identities=np.array([7, 9]))
    assert found.identity.tolist() == [9, 7]
    assert not found.is_new.any()
    assert found.ended == ()


def test_split_merge_new_and_ended_places():
    earlier = labels(range(0, 8), range(10, 13), range(14, 16), range(20, 22))
    later = labels(range(0, 5), range(6, 8), range(10, 16), range(25, 28))
    found = follow(earlier, later)
    assert found.identity.tolist() == [0, 4, 1, 5]
    assert found.is_new.tolist() == [False, True, False, True]
    assert found.split_from == {4: 0}
    assert found.merged_into == {2: 1}
    assert found.ended == (3,)


def test_a_slight_overlap_is_another_place():
    earlier, later = labels(range(0, 10)), labels(range(9, 20))
    assert follow(earlier, later).identity.tolist() == [1]
    assert follow(earlier, later, rule=OverlapRule(least_overlap=0.1)).identity.tolist() == [0]
    assert follow(earlier, later, next_identity=40).identity.tolist() == [40]


@given(st.lists(st.integers(-1, 4), min_size=30, max_size=30))
def test_nothing_changes_when_nothing_changed(numbers):
    packed = np.full(30, -1)
    used = sorted({n for n in numbers if n >= 0})
    for new, old in enumerate(used):
        packed[np.array(numbers) == old] = new
    found = follow(packed, packed)
    assert found.identity.tolist() == list(range(len(used)))
    assert found.split_from == found.merged_into == {}
