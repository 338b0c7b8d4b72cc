"""Displacement: weights for area, period and harm (the published cases are elsewhere)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.displacement import (
    BeforeAfter,
    weighted_displacement_difference,
    weighted_harm_difference,
)
from geo.errors import GeoInputError

COUNTS = st.builds(BeforeAfter, st.integers(0, 500), st.integers(0, 500))


@given(treated=COUNTS, control=COUNTS, moved=COUNTS, moved_control=COUNTS)
def test_difference_and_variance_are_plain_sums(treated, control, moved, moved_control):
    found = weighted_displacement_difference(
        treated, control, displacement=moved, displacement_control=moved_control
    )
    changes = [one.after - one.before for one in (treated, control, moved, moved_control)]
    assert found.estimate == changes[0] - changes[1] + changes[2] - changes[3]
    assert found.variance == sum(
        one.before + one.after for one in (treated, control, moved, moved_control)
    )
    assert (found.estimate > 0) == (found.z > 0)
    assert found.low <= found.estimate <= found.high


def test_doubling_area_and_period_with_the_counts_changes_no_rate():
    plain = weighted_displacement_difference(BeforeAfter(40, 30), BeforeAfter(50, 50))
    twice = weighted_displacement_difference(
        BeforeAfter(80, 30), BeforeAfter(200, 100, area=2), period_lengths=(2, 1)
    )
    assert twice.estimate == plain.estimate
    assert twice.variance == pytest.approx(80 / 4 + 30 + 200 / 16 + 100 / 4)


def test_harm_version_weighs_estimates_and_squares_weights_in_the_variance():
    robbery = weighted_displacement_difference(BeforeAfter(40, 30), BeforeAfter(50, 50))
    theft = weighted_displacement_difference(BeforeAfter(10, 20), BeforeAfter(5, 5))
    found = weighted_harm_difference([robbery, theft], [365, 2])
    assert found.estimate == 365 * -10 + 2 * 10
    assert found.variance == 365**2 * 170 + 4 * 40


def test_no_events_at_all_is_no_difference():
    found = weighted_displacement_difference(BeforeAfter(0, 0), BeforeAfter(0, 0))
    assert (found.estimate, found.z, found.p) == (0, 0, 1)


@pytest.mark.parametrize(
    ("treated", "options", "words"),
    [
        (BeforeAfter(-1, 2), {}, "negative"),
        (BeforeAfter(float("nan"), 2), {}, "missing"),
        (BeforeAfter(1, 2, area=0), {}, "area must be a number above zero"),
        (BeforeAfter(1, 2), {"period_lengths": (1, 0)}, "period length"),
        (BeforeAfter(1, 2), {"displacement": BeforeAfter(1, 1)}, "go together"),
        (BeforeAfter(1, 2), {"confidence": 95}, r"95 per cent is 0\.95"),
    ],
)
def test_bad_input_is_a_sentence(treated, options, words):
    with pytest.raises(GeoInputError, match=words):
        weighted_displacement_difference(treated, BeforeAfter(1, 1), **options)
