"""What can be worked out from published sums, against the plain enumeration of all that fits."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoInputError
from geo.recovery import Release, interval, is_recoverable, recoverable, single_counts

LIST_OF_THREE = np.vstack([single_counts(3), np.ones((1, 3), bool)])


def released(counts, hidden):
    return Release.of(counts, LIST_OF_THREE, hidden)


def fitting(release, *, most):
    """Every value of each sum that fits what is published, by trying all counts up to most."""
    found = [set() for _ in release.values]
    for counts in product(range(most + 1), repeat=release.members.shape[1]):
        sums = release.members @ np.array(counts)
        fits = np.where(release.hidden, sums >= 1, sums == release.values)
        if fits.all():
            for at, value in enumerate(sums):
                found[at].add(int(value))
    return found


def test_one_withheld_count_of_a_list_is_its_total_less_the_others():
    release = released([3, 10, 20], [True, False, False, False])
    assert recoverable(release).tolist() == [0]
    assert interval(release, 0) == (3, 3)


def test_two_withheld_counts_hide_each_other():
    release = released([3, 10, 20], [True, True, False, False])
    assert recoverable(release).tolist() == []
    assert interval(release, 0) == (1, 12)


def test_two_withheld_ones_of_a_total_of_two_hide_nothing():
    release = released([1, 1, 9], [True, True, False, False])
    assert recoverable(release).tolist() == [0, 1]


def test_without_its_total_a_count_has_no_upper_bound():
    assert interval(released([3, 0, 0], [True, False, False, True]), 0) == (1, np.inf)


def test_two_harmless_outputs_together_give_a_count_away():
    whole = Release.of([3, 10, 20], np.array([[True, True, True]]))
    part = Release.of([3, 10, 20], np.array([[False, True, True], [True, False, False]]), [0, 1])
    assert not is_recoverable(part, 1)
    assert recoverable(whole.joined(part)).tolist() == [2]


def test_sums_of_two_editions_are_refused():
    one = released([3, 10, 20], [True, False, False, False])
    other = Release(LIST_OF_THREE[3:], np.array([3]), np.array([False]))
    with pytest.raises(GeoInputError, match="do not fit together"):
        interval(one.joined(other), 0)


def test_sets_of_another_table_are_refused():
    with pytest.raises(GeoInputError, match="over 4 counts"):
        Release.of([1, 2, 3, 4], LIST_OF_THREE)


@given(
    counts=st.lists(st.integers(0, 5), min_size=3, max_size=3),
    hidden=st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_the_bounds_are_those_of_everything_that_fits(counts, hidden):
    withheld = np.array([*hidden, False]) & (np.array([*counts, 1]) > 0)
    release = released(counts, withheld)
    values = fitting(release, most=15)
    for at in range(4):
        assert interval(release, at) == (min(values[at]), max(values[at]))
