"""Small counts withheld so that nobody can work them out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import GeoInputError
from geo.recovery import Release, recoverable, single_counts
from geo.suppression import address_suppressed, quantile_bands, suppress_small_counts

MOSTLY_SMALL = st.one_of(st.integers(0, 8), st.integers(0, 60))


def released_table(table, found):
    n_rows, n_columns = table.shape
    rows, columns = np.indices(table.shape)
    members = np.vstack(
        [
            single_counts(table.size),
            np.arange(n_rows)[:, None] == rows.ravel(),
            np.arange(n_columns)[:, None] == columns.ravel(),
            np.ones((1, table.size), bool),
        ]
    )
    hidden = np.concatenate([found.cells.ravel(), *found.margins, [found.total]])
    return Release.of(table.ravel(), members, hidden)


def released_groups(counts, group, found):
    members = np.vstack(
        [
            single_counts(counts.size),
            np.unique(group)[:, None] == group,
            np.ones((1, counts.size), bool),
        ]
    )
    return Release.of(counts, members, np.concatenate([found.cells, *found.margins, [found.total]]))


def test_a_small_count_takes_the_smallest_other_with_it():
    found = suppress_small_counts([3, 40, 12, 0])
    assert found.cells.tolist() == [True, False, True, False]
    assert not found.total


def test_a_small_count_alone_takes_the_total_with_it():
    found = suppress_small_counts([3, 0, 0])
    assert found.cells.tolist() == [True, False, False]
    assert found.total


def test_nothing_small_means_nothing_withheld():
    found = suppress_small_counts([[5, 0], [7, 90]])
    assert not found.cells.any() and not found.total
    assert not np.concatenate(found.margins).any()


def test_a_small_count_in_a_table_needs_a_rectangle_to_hide_in():
    table = np.array([[2, 30, 40], [20, 60, 70], [50, 80, 90]])
    found = suppress_small_counts(table)
    assert found.cells[0, 0] and found.cells.sum() == 4
    assert found.cells.any(axis=1).sum() == 2 and found.cells.any(axis=0).sum() == 2
    assert recoverable(released_table(table, found)).size == 0


def test_a_child_is_not_given_away_by_its_parent():
    counts, group = np.array([3, 20, 30, 9, 8]), np.array([0, 0, 1, 1, 1])
    found = suppress_small_counts(counts, group=group)
    assert found.cells.tolist() == [True, True, False, False, False]
    assert recoverable(released_groups(counts, group, found)).size == 0


@settings(max_examples=60)
@given(arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=MOSTLY_SMALL))
def test_nothing_withheld_of_a_table_can_be_worked_out(table):
    found = suppress_small_counts(table)
    release = released_table(table, found)
    assert recoverable(release).size == 0
    shown = release.values[~release.hidden]
    assert not ((shown >= 1) & (shown < 5)).any()


@settings(max_examples=60)
@given(st.lists(st.tuples(MOSTLY_SMALL, st.integers(0, 3)), min_size=1, max_size=12))
def test_nothing_withheld_of_groups_can_be_worked_out(pairs):
    counts, group = (np.array(each) for each in zip(*pairs, strict=True))
    found = suppress_small_counts(counts, group=group)
    assert recoverable(released_groups(counts, group, found)).size == 0


@given(arrays(np.int64, (3, 3), elements=MOSTLY_SMALL))
def test_the_same_counts_give_the_same(table):
    one, other = suppress_small_counts(table), suppress_small_counts(table.copy())
    assert (one.cells == other.cells).all() and one.total == other.total


@pytest.mark.parametrize("counts", [[1.5, 2.0], [[[1]]], ["a"]])
def test_what_is_no_count_is_refused(counts):
    with pytest.raises(GeoInputError):
        suppress_small_counts(counts)


def test_groups_of_another_list_are_refused():
    with pytest.raises(GeoInputError, match="same number of rows"):
        suppress_small_counts([1, 2, 3], group=[0, 1])


def test_negative_counts_are_refused():
    with pytest.raises(GeoInputError, match="negative"):
        suppress_small_counts([-1, 2])


def test_cells_of_few_addresses_are_withheld_and_those_of_none_are_not():
    found = address_suppressed([0, 0.4, 1, 7, 7.9, 8, 200, np.nan])
    assert found.tolist() == [False, True, True, True, True, False, False, True]


def test_bands_keep_the_order_and_nothing_else():
    values = np.array([10.0, 3.0, 7.0, 5.0, 1.0])
    assert quantile_bands(values).tolist() == [5, 2, 4, 3, 1]
    assert quantile_bands(values**3).tolist() == quantile_bands(values).tolist()


def test_equal_values_share_a_band():
    assert quantile_bands([4.0, 4.0, 4.0]).tolist() == [3, 3, 3]
    assert quantile_bands([]).tolist() == []


@given(st.lists(st.integers(0, 50), min_size=1, max_size=80))
def test_bands_run_from_one_to_five(values):
    bands = quantile_bands(np.array(values, float))
    assert bands.min() >= 1 and bands.max() <= 5
    assert (np.diff(bands[np.argsort(values)]) >= 0).all()
