"""Spots called as people call them, and told apart."""

import h3.api.numpy_int as h3
import numpy as np
import pytest

from chb.services.harm.place_names import names_of_cells, place_names, told_apart


@pytest.mark.parametrize(
    ("names", "points", "expected"),
    [
        (["Quay", "Mill"], [(0, 0), (1, 1)], ["Quay", "Mill"]),
        (["Quay", "Quay"], [(0, 1), (0, 0)], ["Quay north", "Quay south"]),
        (["Quay", "Mill", "Quay"], [(0, 0), (9, 9), (1, 0)], ["Quay west", "Mill", "Quay east"]),
        (["Quay"] * 3, [(0, 0), (0, 1), (0, 2)], ["Quay 1", "Quay 2", "Quay 3"]),
    ],
)
def test_one_name_for_several_spots_says_where_each_lies(names, points, expected):
    assert told_apart(names, np.array(points, dtype=float)) == expected


def test_the_nearest_name_counts(sample_ws):
    with sample_ws.reading() as tx:
        names = place_names(tx, np.array([-3.7398, -3.6545]), np.array([53.7543, 53.7462]))
    assert names == ["Pierhead", "Sandhythe Bents"]


def test_a_cell_has_the_name_of_its_middle(sample_ws):
    pierhead = int(h3.latlng_to_cell(53.7543, -3.7398, 9))
    far_out = int(h3.latlng_to_cell(54.5, -5.0, 9))
    assert names_of_cells(sample_ws, [pierhead, far_out]) == {pierhead: "Pierhead", far_out: ""}
    assert names_of_cells(sample_ws, []) == {}


@pytest.mark.xdist_group("real data")
def test_without_names_the_lsoa_has_to_do(sheffield_ws):
    with sheffield_ws.reading() as tx:
        city, abroad = place_names(tx, np.array([-1.4701, 2.35]), np.array([53.3811, 48.85]))
    assert city.startswith("Sheffield 0")
    assert abroad == ""
