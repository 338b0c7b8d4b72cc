"""Gi* against its definition, against esda, and against plain permutations."""

import h3
import numpy as np
import pytest
from esda import G_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from libpysal.weights import W
from scipy import sparse, stats

from geo.errors import GeoInputError
from geo.hotspots.corrections import CORRECTIONS, adjust
from geo.hotspots.gi_star import gi_star
from geo.hotspots.neighbours import Neighbours, as_neighbours


def disk(rings):
    """Cells around one, and each cell's neighbours without itself."""
    cells = sorted(h3.grid_disk("89194ad30a7ffff", rings))
    place = {cell: row for row, cell in enumerate(cells)}
    rows = [[place[near] for near in h3.grid_ring(cell, 1) if near in place] for cell in cells]
    return rows


DISK = disk(6)


def naive_gi_star(values, rows):
    """The definition of Ord and Getis (1995) with a full matrix of weights."""
    n = len(values)
    weights = np.eye(n)
    for cell, row in enumerate(rows):
        weights[cell, row] = 1
    mean = sum(values) / n
    s = np.sqrt(sum(v * v for v in values) / n - mean**2)
    total, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    return (weights @ values - mean * total) / (s * np.sqrt((n * squares - total**2) / (n - 1)))


counts = arrays(np.float64, len(DISK), elements=st.integers(0, 9).map(float)).filter(
    lambda values: np.ptp(values) > 0
)


@settings(max_examples=80, deadline=None)
@given(values=counts)
def test_equals_the_definition(values):
    z, p, _ = gi_star(values, DISK)
    np.testing.assert_allclose(z, naive_gi_star(values, DISK), atol=1e-9)
    np.testing.assert_allclose(p, 2 * stats.norm.sf(np.abs(z)), rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(values=counts, factor=st.floats(0.01, 1e4), shift=st.floats(0, 1e3), data=st.data())
def test_scaling_shifting_and_reordering_cells_change_nothing(values, factor, shift, data):
    z = gi_star(values, DISK).z
    np.testing.assert_allclose(gi_star(values * factor + shift, DISK).z, z, atol=1e-6)
    order = np.array(data.draw(st.permutations(range(len(values)))))
    place = np.argsort(order)
    rows = [[int(place[near]) for near in DISK[cell]] for cell in order]
    np.testing.assert_allclose(gi_star(values[order], rows).z, z[order], atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_esda_on_random_cells(seed):
    random = np.random.default_rng(seed)
    kept = np.flatnonzero(random.random(len(DISK)) < 0.8)
    place = {int(cell): row for row, cell in enumerate(kept)}
    rows = [[place[near] for near in DISK[cell] if near in place] for cell in kept]
    values = random.gamma(0.3, 40, len(kept))
    theirs = G_Local(
        values,
        W(dict(enumerate(rows)), silence_warnings=True),
        transform="B",
        permutations=0,
        star=True,
    )
    np.testing.assert_allclose(gi_star(values, rows).z, theirs.Zs, rtol=1e-9)


def test_every_form_of_neighbours_means_the_same():
    n = len(DISK)
    matrix = np.zeros((n, n), int)
    for cell, row in enumerate(DISK):
        matrix[cell, row] = 1
    csr = sparse.csr_matrix(matrix)
    forms = [
        [[cell, *row, *row] for cell, row in enumerate(DISK)],  # itself and repeats make no odds
        dict(enumerate(DISK)),
        (csr.indptr, csr.indices),
        csr,
        sparse.coo_array(matrix),
        matrix,
        as_neighbours(DISK, n),
    ]
    values = np.arange(n) % 7.0
    for form in forms:
        np.testing.assert_array_equal(gi_star(values, form).z, gi_star(values, DISK).z)


def test_symmetric_grid_gives_a_symmetric_answer():
    rows = [[c for c in (cell - 1, cell + 1) if 0 <= c < 9] for cell in range(9)]
    z = gi_star([0, 0, 0, 1, 5, 1, 0, 0, 0], rows).z
    np.testing.assert_allclose(z, z[::-1])
    assert z.argmax() == 4


def test_neighbourhood_of_every_cell_says_nothing():
    z, p, adjusted = gi_star([1, 2, 9], [[0, 1, 2]] * 3)
    assert (z.tolist(), p.tolist(), adjusted.tolist()) == ([0] * 3, [1] * 3, [1] * 3)


def test_a_planted_hotspot_is_found_and_its_mirror_is_cold():
    values = np.full(len(DISK), 5.0)
    values[[10, *DISK[10]]] = 30
    hot = gi_star(values, DISK)
    assert hot.hot()[10]
    assert not hot.cold()[10]
    assert gi_star(35 - values, DISK).cold()[10]
    assert (hot.correction, hot.permutations) == ("benjamini-hochberg", 0)


@given(p=arrays(np.float64, st.integers(1, 40), elements=st.floats(1e-30, 1)))
def test_corrections_against_independent_ones(p):
    m = len(p)
    np.testing.assert_allclose(
        adjust(p, correction="benjamini-hochberg"), stats.false_discovery_control(p, method="bh")
    )
    np.testing.assert_allclose(
        adjust(p, correction="benjamini-yekutieli"), stats.false_discovery_control(p, method="by")
    )
    assert adjust(p, correction="bonferroni").tolist() == [min(1, m * one) for one in p]
    assert adjust(p, correction="none").tolist() == p.tolist()
    assert len(CORRECTIONS) == 4


def naive_permutation_p(values, rows, *, permutations, seed):
    """Each cell by itself: keep its value, shuffle all others, sum as many as it has neighbours."""
    random = np.random.default_rng(seed)
    p = []
    for cell, row in enumerate(rows):
        near = set(row) | {cell}
        others = np.delete(values, cell)
        draws = np.array(
            [random.permutation(others)[: len(near) - 1].sum() for _ in range(permutations)]
        )
        excess = draws + values[cell] - values[list(near)].sum()
        tail = min((excess >= -1e-9).sum(), (excess <= 1e-9).sum())
        p.append(min(1.0, 2 * (tail + 1) / (permutations + 1)))
    return np.array(p)


def test_permutations_agree_with_shuffling():
    rows = disk(2)
    values = np.random.default_rng(5).poisson(3, len(rows)).astype(float)
    fast = gi_star(values, rows, permutations=20_000, seed=1)
    plain = naive_permutation_p(values, rows, permutations=3_000, seed=2)
    np.testing.assert_allclose(fast.p, plain, atol=0.06)
    again = gi_star(values, rows, permutations=20_000, seed=1)
    np.testing.assert_array_equal(fast.p, again.p)
    assert not np.array_equal(fast.p, gi_star(values, rows, permutations=20_000, seed=3).p)


def test_permutations_do_not_depend_on_the_number_of_processors(monkeypatch):
    values = np.random.default_rng(8).gamma(1, 10, len(DISK))
    here = gi_star(values, DISK, permutations=9_999, seed=4).p
    monkeypatch.setattr("os.cpu_count", lambda: 7)
    np.testing.assert_array_equal(gi_star(values, DISK, permutations=9_999, seed=4).p, here)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([0, 0, 0], {}, "every cell has the same value, 0"),
        ([1, 2], {}, "2 cells were found"),
        ([1, np.nan, 3], {}, "missing or infinite, the first in row 1"),
        ([1, 2, 3], {"n_events": 29}, "Not enough data.*29 events"),
        ([1, 2, 3], {"correction": "holm"}, "no correction called 'holm'"),
        ([1, 2, 3], {"permutations": 999, "seed": 1}, "999 permutations are too few"),
        ([1, 2, 3], {"permutations": 9_999}, "need a seed"),
    ],
)
def test_bad_input_is_a_sentence(values, options, words):
    with pytest.raises(GeoInputError, match=words):
        gi_star(values, [[1], [0], []][: len(values)], **options)


@pytest.mark.parametrize(
    ("neighbours", "words"),
    [
        ([[1], [0]], "3 cells but neighbours for 2"),
        ([[1], [0], [3]], "positions from 0 to 3"),
        ([["a"], [], []], "whole-number positions"),
        (np.eye(3) * 0.5, "must be 0 or 1"),
    ],
)
def test_neighbours_that_do_not_fit_are_refused(neighbours, words):
    with pytest.raises(GeoInputError, match=words):
        gi_star([1, 2, 3], neighbours)


def test_neighbourhoods_among_some_cells():
    near = as_neighbours(DISK, len(DISK))
    keep = np.arange(len(DISK)) % 3 > 0
    kept = np.flatnonzero(keep)
    some = near.among(keep)
    assert isinstance(some, Neighbours)
    for cell, old in enumerate(kept):
        mine = some.indices[some.indptr[cell] : some.indptr[cell + 1]]
        assert {int(kept[near]) for near in mine} == ({*DISK[old], old} & set(kept.tolist()))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("BH", "benjamini-hochberg"),
        ("by", "benjamini-yekutieli"),
        ("Bonferroni", "bonferroni"),
        (None, "none"),
    ],
)
def test_a_correction_may_be_named_as_people_write_it(short, full):
    values = np.array([0.0, 1.0, 5.0, 2.0, 0.0])
    ring = [[4, 1], [0, 2], [1, 3], [2, 4], [3, 0]]
    one, other = (gi_star(values, ring, correction=name) for name in (short, full))
    assert one.correction == full
    assert (one.p_adjusted == other.p_adjusted).all()


@pytest.mark.parametrize(
    "options", [{"permutations": -1, "seed": 1}, {"permutations": 9_999, "seed": -1}]
)
def test_negative_permutations_and_seeds_are_sentences(options):
    with pytest.raises(GeoInputError):
        gi_star(np.array([0.0, 1.0, 5.0]), [[1], [0, 2], [1]], **options)
