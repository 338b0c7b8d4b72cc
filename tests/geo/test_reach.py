"""Reach on foot, provision and unmet need, by hand and against a slow distance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.errors import GeoInputError
from geo.reach import DETOUR_FACTOR, provision, reachable, straight_m, unmet, within

HERE = (-1.5, 53.4)
METRE_NORTH = 1 / 111_195.0
"""Degrees of latitude a metre, on the sphere that distances are measured on."""

points = st.lists(
    st.tuples(st.floats(-1.51, -1.49), st.floats(53.39, 53.41)), min_size=1, max_size=12
)
amounts = st.lists(st.floats(0, 3), min_size=1, max_size=12)


def north_of_here(*metres):
    return np.full(len(metres), HERE[0]), HERE[1] + np.array(metres) * METRE_NORTH


def test_a_walk_of_800_metres_reaches_615_as_the_crow_flies():
    assert straight_m(800) == pytest.approx([615.4], abs=0.05)
    assert straight_m([1300]) == pytest.approx([1300 / DETOUR_FACTOR])


def test_each_asset_has_its_own_reach():
    reach = reachable(north_of_here(0, 500, 900), north_of_here(0, 1000), reach_m=[600, 200])
    assert reach.toarray().tolist() == [[1, 0], [1, 0], [0, 1]]
    assert provision(reach, [0.5, 2.0]).tolist() == [0.5, 0.5, 2.0]


def test_need_is_met_in_part_and_never_more_than_wholly():
    assert unmet([10, 10, 10, 0], [0, 0.25, 7, 0]).tolist() == [10, 7.5, 0, 0]


def test_points_are_near_each_other_only_where_both_reach():
    assert within(north_of_here(0, 300, 700), reach_m=[500, 500, 350])[0].tolist() == [0]
    first, second = within(north_of_here(0, 300, 700), reach_m=[500, 500, 500])
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (1, 2)]


@pytest.mark.parametrize(("n_cells", "n_assets"), [(0, 2), (2, 0), (0, 0)])
def test_nothing_reaches_nothing(n_cells, n_assets):
    reach = reachable(
        north_of_here(*range(n_cells)), north_of_here(*range(n_assets)), reach_m=[500.0] * n_assets
    )
    assert reach.shape == (n_cells, n_assets)
    assert provision(reach, np.ones(n_assets)).tolist() == [0.0] * n_cells


@given(points, points, st.floats(1, 2_000))
def test_reach_agrees_with_the_ellipsoid(cells, assets, reach_m):
    reach = reachable(
        tuple(zip(*cells, strict=True)),
        tuple(zip(*assets, strict=True)),
        reach_m=np.full(len(assets), reach_m),
    ).toarray()
    geod = Geod(ellps="WGS84")
    away = np.array([[geod.inv(*cell, *asset)[2] for asset in assets] for cell in cells])
    assert (reach[away < reach_m * 0.99] == 1).all()
    assert (reach[away > reach_m * 1.01 + 0.01] == 0).all()


@given(st.data(), amounts)
def test_the_gap_lies_between_nought_and_the_need(data, provided):
    need = data.draw(
        st.lists(st.floats(0, 1e9), min_size=len(provided), max_size=len(provided)), label="need"
    )
    gap = unmet(need, provided)
    assert (gap >= 0).all() and (gap <= need).all()


@given(points, points, st.data())
def test_another_session_never_makes_the_gap_larger(cells, assets, data):
    reach = reachable(
        tuple(zip(*cells, strict=True)),
        tuple(zip(*assets, strict=True)),
        reach_m=[400.0] * len(assets),
    )
    sizes = st.lists(st.floats(0, 2), min_size=len(assets), max_size=len(assets))
    open_now, added = np.array(data.draw(sizes)), np.array(data.draw(sizes))
    need = np.arange(1.0, len(cells) + 1)
    before, after = (unmet(need, provision(reach, each)) for each in (open_now, open_now + added))
    assert (after <= before).all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: reachable(([np.nan], [53.0]), HERE_LISTS, reach_m=[1.0]), "cell centres"),
        (lambda: reachable(HERE_LISTS, HERE_LISTS, reach_m=[-1.0]), "negative"),
        (lambda: reachable(HERE_LISTS, HERE_LISTS, reach_m=[1.0, 2.0]), "same number"),
        (lambda: provision(reachable(HERE_LISTS, HERE_LISTS, reach_m=[1.0]), [1, 2]), "filtered"),
        (lambda: unmet([1.0, -2.0], [0.0, 0.0]), "negative"),
        (lambda: unmet([1.0], [np.inf]), "infinite"),
        (lambda: straight_m(-5), "negative"),
    ],
)
def test_what_cannot_be_computed_is_a_sentence(call, says):
    with pytest.raises(GeoInputError, match=says):
        call()


HERE_LISTS = ([HERE[0]], [HERE[1]])
