"""The exact density against the plain sum over all pairs, and against published digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.density import KERNELS, collapse, kernel_densities, kernel_density, window_mass
from geo.errors import GeoInputError

REACH_IN_BANDWIDTHS = {"quartic": 1, "epanechnikov": 1, "gaussian": np.sqrt(2 * np.log(1e12))}


def naive_density(x, y, weights, at_x, at_y, *, bandwidth_m, kernel):
    """Every pair, one at a time, straight from the formulas."""
    out = np.zeros(len(at_x))
    for place, (px, py) in enumerate(zip(at_x, at_y, strict=True)):
        for ex, ey, weight in zip(x, y, weights, strict=True):
            u = ((px - ex) ** 2 + (py - ey) ** 2) / bandwidth_m**2
            if kernel == "gaussian":
                height = np.exp(-u / 2) / 2 if u <= REACH_IN_BANDWIDTHS[kernel] ** 2 else 0
            elif kernel == "quartic":
                height = 3 * (1 - u) ** 2 if u < 1 else 0
            else:
                height = 2 * (1 - u) if u < 1 else 0
            out[place] += weight * height / (np.pi * bandwidth_m**2)
    return out


def metres(size, *, extent=3_000):
    return arrays(np.float64, size, elements=st.integers(0, extent * 4).map(lambda v: v / 4))


@pytest.fixture
def town():
    """Forty snapped points with a few thousand events, and places around them."""
    random = np.random.default_rng(11)
    points = random.integers(0, 4_000, (40, 2)).astype(float)
    rows = random.integers(0, 40, 3_000)
    at = random.uniform(-500, 4_500, (200, 2))
    return points[rows, 0], points[rows, 1], random.uniform(0, 300, 3_000), at[:, 0], at[:, 1]


@pytest.mark.parametrize("kernel", KERNELS)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), bandwidth_m=st.sampled_from([37.5, 400, 2_000, 50_000]))
def test_equals_the_plain_sum(kernel, data, bandwidth_m):
    x, y, weights = (data.draw(metres(12)) for _ in range(3))
    at_x, at_y = (data.draw(metres(7)) for _ in range(2))
    fast = kernel_density(x, y, weights, at_x, at_y, bandwidth_m=bandwidth_m, kernel=kernel)
    plain = naive_density(x, y, weights, at_x, at_y, bandwidth_m=bandwidth_m, kernel=kernel)
    np.testing.assert_allclose(fast, plain, rtol=1e-9, atol=1e-25)


def test_equals_the_plain_sum_on_many_events_and_unusual_extents(town):
    x, y, weights, at_x, at_y = town
    x, at_x = np.append(x, 9e8), np.append(at_x, 9e8)  # one wild point must not cost memory
    y, at_y, weights = np.append(y, -9e8), np.append(at_y, -9e8), np.append(weights, 5)
    fast = kernel_density(x, y, weights, at_x, at_y, bandwidth_m=400)
    plain = naive_density(x, y, weights, at_x, at_y, bandwidth_m=400, kernel="quartic")
    np.testing.assert_allclose(fast, plain, rtol=1e-9)


@pytest.mark.parametrize("kernel", KERNELS)
def test_mass_is_the_sum_of_the_weights(kernel):
    at = np.arange(-6_000, 6_000, 25.0)
    at_x, at_y = (axis.ravel() for axis in np.meshgrid(at, at))
    density = kernel_density(
        [3.0, -900.0], [8.0, 400.0], [2, 5], at_x, at_y, bandwidth_m=600, kernel=kernel
    )
    assert density.sum() * 25**2 == pytest.approx(7, rel=1e-4)


def test_peak_and_edge_of_the_quartic():
    density = kernel_density(
        [0.0], [0.0], [10], [0.0, 99.999, 100, 101], [0.0] * 4, bandwidth_m=100
    )
    assert density[0] == pytest.approx(30 / (np.pi * 100**2))
    assert density[1] > 0
    assert density[2:].tolist() == [0, 0]


def test_translation_row_order_and_scaling(town):
    x, y, weights, at_x, at_y = town
    base = kernel_density(x, y, weights, at_x, at_y, bandwidth_m=700)
    moved = kernel_density(x + 4e5, y + 3e5, weights, at_x + 4e5, at_y + 3e5, bandwidth_m=700)
    turned = kernel_density(x[::-1], y[::-1], 3 * weights[::-1], at_x, at_y, bandwidth_m=700)
    np.testing.assert_allclose(moved, base, rtol=1e-6)
    np.testing.assert_allclose(turned, 3 * base, rtol=1e-12)


def test_several_bandwidths_and_columns_equal_one_at_a_time(town):
    x, y, weights, at_x, at_y = town
    columns = np.column_stack([weights, np.ones_like(weights)])
    layers = kernel_densities(x, y, columns, at_x, at_y, bandwidths_m=[300, 900])
    assert layers.shape == (len(at_x), 2, 2)
    for layer, width in enumerate([300, 900]):
        harm = kernel_density(x, y, weights, at_x, at_y, bandwidth_m=width)
        count = kernel_density(x, y, None, at_x, at_y, bandwidth_m=width)
        np.testing.assert_allclose(layers[:, layer], np.column_stack([harm, count]), rtol=1e-12)


def test_collapse_keeps_totals_and_order_of_appearance(town):
    x, y, weights, *_ = town
    ux, uy, uw = collapse(x, y, weights)
    assert len(set(zip(x, y, strict=True))) == len(ux)
    assert (ux[0], uy[0]) == (x[0], y[0])
    here = (x == ux[7]) & (y == uy[7])
    assert uw[7] == pytest.approx(weights[here].sum())
    assert uw.sum() == pytest.approx(weights.sum())


@given(xy=arrays(np.float64, (60, 2), elements=st.sampled_from([-0.0, 0.0, 0.1, 1e-300, 7.5, 4e5])))
def test_collapse_counts_like_a_dictionary(xy):
    expected: dict[tuple[float, float], int] = {}
    for point in map(tuple, xy.tolist()):
        expected[point] = expected.get(point, 0) + 1
    ux, uy, uw = collapse(xy[:, 0], xy[:, 1], None)
    assert dict(zip(zip(ux.tolist(), uy.tolist(), strict=True), uw, strict=True)) == expected


def test_collapse_of_many_distinct_points_outgrows_its_first_table():
    x = np.arange(5_000) / 3
    ux, _, uw = collapse(x, -x, np.column_stack([x, x * 0]))
    np.testing.assert_array_equal(ux, x)
    np.testing.assert_array_equal(uw, np.column_stack([x, x * 0]))


def test_window_mass_inside_and_on_the_edge():
    centres = np.arange(5.0, 2_000, 10)
    window_x, window_y = (axis.ravel() for axis in np.meshgrid(centres, centres))
    mass = window_mass(
        window_x,
        window_y,
        np.full(window_x.size, 100.0),
        [1_000, 0, 0],
        [1_000, 1_000, 0],
        bandwidth_m=400,
    )
    np.testing.assert_allclose(mass, [1, 0.5, 0.25], atol=1e-3)
    with pytest.raises(GeoInputError, match="cell spacing of 10 m"):
        window_mass(window_x, window_y, np.full(window_x.size, 100.0), [0], [0], bandwidth_m=9)


def test_no_events_one_event_and_no_weight():
    at = [0.0, 5.0], [0.0, 5.0]
    assert kernel_density([], [], None, *at, bandwidth_m=100).tolist() == [0, 0]
    assert kernel_density([0.0], [0.0], [0], *at, bandwidth_m=100).tolist() == [0, 0]
    assert kernel_density([0.0] * 9, [0.0] * 9, [1] * 9, *at, bandwidth_m=100)[0] == pytest.approx(
        27 / (np.pi * 100**2)
    )
    assert kernel_density([0.0], [0.0], [1], [], [], bandwidth_m=100).shape == (0,)


def test_read_only_columns_are_accepted():
    column = np.array([1.5, 2.5])
    column.flags.writeable = False
    assert (kernel_density(column, column, column, column, column, bandwidth_m=9) > 0).all()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": [0.0, 1, 2]}, "same number of rows.*x 3, y 2"),
        ({"weights": [1.0]}, "coordinates 2, weights 1"),
        ({"weights": [1, -2]}, "negative, the first in row 1"),
        ({"weights": [np.nan, 1]}, "missing or infinite, the first in row 0"),
        ({"weights": ["a", "b"]}, "not all numbers"),
        ({"x": [np.inf, 1]}, "event coordinates"),
        ({"at_y": [np.nan]}, "cell coordinates"),
        ({"bandwidth_m": 0}, "above zero, but 0"),
        ({"bandwidth_m": float("nan")}, "above zero, but nan"),
        ({"bandwidth_m": None}, "above zero, but None"),
        ({"kernel": "uniform"}, "kernels are quartic"),
        ({"x": [-1.47, -1.45], "y": [53.38, 53.39], "at_x": [-1.46], "at_y": [53.4]}, "degrees"),
        ({"x": [-1.47, -1.45], "y": [53.38, 53.39], "at_x": [435e3], "at_y": [387e3]}, "two ref"),
    ],
)
def test_bad_input_is_a_sentence(changes, words):
    good = {"x": [10.0, 900], "y": [20.0, 30], "weights": [1, 2], "at_x": [12.0], "at_y": [20.0]}
    arguments = good | {"bandwidth_m": 500, "kernel": "quartic"} | changes
    columns = [arguments.pop(name) for name in good]
    with pytest.raises(GeoInputError, match=words):
        kernel_density(*columns, **arguments)


def test_small_planar_coordinates_are_not_taken_for_degrees():
    assert kernel_density([10.0], [20.0], [1], [10.0], [20.0], bandwidth_m=500)[0] > 0
    assert kernel_density([1.5, 30], [2.5, 40], [1, 1], [2.5], [3.5], bandwidth_m=50)[0] > 0
