"""Zones to cells: people are conserved, scores are means over people, ranks are never averaged."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areal import cut, extremes, mean_by_population, median_person, n_zones, spread, support


def grid(side: float, n: int, offset: float = 0.0) -> np.ndarray:
    corners = [(offset + i * side, offset + j * side) for j in range(n) for i in range(n)]
    return np.array([shapely.box(x, y, x + side, y + side) for x, y in corners])


@st.composite
def populations(draw, n=16):
    return np.array(draw(st.lists(st.floats(0, 5_000), min_size=n, max_size=n)))


@given(populations())
def test_people_are_conserved_when_the_cells_cover_the_zones(population):
    pieces = cut(grid(100, 4), grid(70, 8, offset=-30))
    assert spread(pieces, population).sum() == pytest.approx(population.sum(), rel=1e-9, abs=1e-6)


def test_what_lies_outside_the_cells_stays_outside():
    pieces = cut(grid(100, 1), np.array([shapely.box(0, 0, 25, 100)]))
    assert spread(pieces, np.array([800.0]))[0] == pytest.approx(200.0)


@given(populations())
def test_the_fast_cut_agrees_with_a_slow_one(population):
    zones, cells = grid(100, 4), grid(37, 11)
    pieces = cut(zones, cells)
    slow = [
        sum(
            p * zone.intersection(cell).area / zone.area
            for p, zone in zip(population, zones, strict=True)
        )
        for cell in cells
    ]
    assert np.allclose(spread(pieces, population), slow)


@st.composite
def ragged_zones(draw):
    """Valid polygons of any form: some with bays, holes or several parts."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    radii = np.array(draw(st.lists(st.floats(20, 200), min_size=24, max_size=24)))
    star = shapely.Polygon(
        np.column_stack([200 + radii * np.cos(angles), 200 + radii * np.sin(angles)])
    )
    hole = shapely.Point(200, 200).buffer(draw(st.floats(1, 15)))
    island = shapely.box(450, 450, 500, draw(st.floats(460, 560)))
    return shapely.union(star.difference(hole), island)


@given(ragged_zones(), st.floats(-40, 40))
def test_pieces_of_any_form_agree_with_an_independent_cut(zone, shift):
    hexagons = [
        shapely.Polygon(
            [
                (x + 45 * np.cos(a), y + 45 * np.sin(a))
                for a in np.linspace(0, -2 * np.pi, 6, endpoint=False)
            ]
        )
        for x in np.arange(0, 600, 70) + shift
        for y in np.arange(0, 600, 80)
    ]
    pieces = cut(np.array([zone]), np.array(hexagons))
    shares = np.zeros(len(hexagons))
    shares[pieces.cell] = pieces.share_of_zone
    slow = [zone.intersection(cell).area / zone.area for cell in hexagons]
    assert np.allclose(shares, slow, atol=1e-9)


def test_a_zone_of_many_vertices_is_cut_the_same_way():
    zones = np.array([shapely.Point(500, 500).buffer(400, quad_segs=200)])
    pieces = cut(zones, grid(50, 20))
    slow = np.array([zones[0].intersection(cell).area for cell in grid(50, 20)]) / zones[0].area
    assert spread(pieces, np.array([1.0])) == pytest.approx(slow, abs=1e-9)


def test_a_score_is_the_mean_over_people_not_over_area():
    zones = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    pieces = cut(zones, np.array([shapely.box(0, 0, 200, 100)]))
    score = mean_by_population(pieces, np.array([10.0, 50.0]), np.array([300.0, 100.0]))
    assert score[0] == pytest.approx(20.0)


def test_a_cell_without_people_has_no_score_which_is_not_zero():
    pieces = cut(grid(100, 1), np.array([shapely.box(0, 0, 50, 50), shapely.box(500, 0, 550, 50)]))
    assert np.isnan(mean_by_population(pieces, np.array([10.0]), np.array([0.0]))).all()
    assert np.isnan(mean_by_population(pieces, np.array([10.0]), np.array([9.0]))[1])


@given(populations(), st.permutations(range(16)))
def test_the_median_person_lives_in_a_real_zone(population, order):
    ranks = np.array(order, dtype=float) + 1
    pieces = cut(grid(100, 4), np.array([shapely.box(-10, -10, 410, 410)]))
    answer = median_person(pieces, ranks, population)[0]
    if population.sum() == 0:
        assert np.isnan(answer)
        return
    below = population[ranks < answer].sum()
    above = population[ranks > answer].sum()
    assert answer in ranks
    half = population.sum() / 2
    assert below <= half * (1 + 1e-6) and above <= half * (1 + 1e-6)


def test_an_unknown_score_does_not_count_as_zero():
    zones = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    pieces = cut(zones, np.array([shapely.box(0, 0, 200, 100)]))
    values, people = np.array([np.nan, 50.0]), np.array([300.0, 100.0])
    assert mean_by_population(pieces, values, people)[0] == pytest.approx(50.0)
    assert [bound[0] for bound in extremes(pieces, values)] == [50.0, 50.0]


def test_support_and_number_of_zones():
    pieces = cut(
        grid(100, 2), np.array([shapely.box(50, 50, 150, 150), shapely.box(150, 0, 250, 100)])
    )
    assert support(pieces) == pytest.approx([1.0, 0.5])
    assert n_zones(pieces).tolist() == [4, 1]
