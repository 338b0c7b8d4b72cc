"""Classes that were set elsewhere: the same colour means the same on several maps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chb.ui.maps.classes import (
    MISSING_CLASS,
    ZERO_CLASS,
    breaks_of,
    classify,
    classify_at,
)
from chb.ui.maps.fixed_layers import paint_at
from chb.ui.maps.layers import FIFTHS, LAYERS, TOP_HEAVY
from geo import frames
from tests.ui.test_wire import disk, unpack

LAYER = LAYERS[0]
VALUES = arrays(float, st.integers(0, 60), elements=st.sampled_from([np.nan, 0, 0.5, 1, 2, 3, 8]))


@given(VALUES, st.sampled_from([TOP_HEAVY, FIFTHS]))
def test_breaks_of_a_map_give_back_its_own_classes(
    values: np.ndarray, shares: tuple[float, float, float, float]
) -> None:
    breaks = breaks_of(values, shares)
    assert list(classify_at(values, breaks)) == list(classify(values, shares).numbers)
    assert list(breaks) == sorted(breaks)


def test_a_quiet_month_is_pale_among_loud_ones() -> None:
    loud, quiet = np.arange(1.0, 101.0), np.full(100, 2.0)
    breaks = breaks_of(np.r_[loud, quiet], FIFTHS)
    assert classify_at(loud, breaks).max() == 5
    assert classify_at(quiet, breaks).max() < 3
    assert list(classify_at(np.array([0, np.nan]), breaks)) == [ZERO_CLASS, MISSING_CLASS]


def frame(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({frames.CELL: disk(7)[: len(values)], LAYER.column: values})


def test_the_key_is_the_same_whatever_the_month_and_counts_its_cells() -> None:
    breaks = (10.0, 20.0, 30.0, 40.0)
    busy = paint_at(frame(np.array([5.0, 15, 45, 50])), LAYER, breaks, of="2025-01")
    calm = paint_at(frame(np.array([5.0, 0, 0, 0])), LAYER, breaks, of="2025-02")
    ranges = ["from 40", "from 30", "from 20", "from 10", "above 0"]
    assert [row.text for row in busy.legend.rows] == ranges
    assert [row.text for row in calm.legend.rows] == ranges
    assert [row.figure for row in busy.legend.rows] == [
        "2 cells",
        "0 cells",
        "0 cells",
        "1 cell",
        "1 cell",
    ]
    assert sorted(unpack(busy.packed)[1]) == [1, 2, 5, 5]
    assert busy.sentence.startswith("2025-01: 4 cells of 4 have any, 2 of them in the darkest")


def test_a_month_with_nothing_says_so() -> None:
    painted = paint_at(frame(np.zeros(4)), LAYER, (1.0, 2.0, 3.0, 4.0), of="2025-02")
    assert painted.sentence.startswith("2025-02: no cell has any.")
    assert set(unpack(painted.packed)[1]) == {ZERO_CLASS}


def test_a_class_that_no_value_reaches_has_no_line_in_the_key() -> None:
    breaks = breaks_of(np.full(9, 3.0), TOP_HEAVY)
    assert breaks == (np.inf,) * 4
    painted = paint_at(frame(np.full(4, 3.0)), LAYER, breaks, of="2025-02")
    assert [row.text for row in painted.legend.rows] == ["above 0"]
