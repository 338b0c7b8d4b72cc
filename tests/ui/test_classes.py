"""Classes and the sentences made from them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from chb.ui.maps.classes import MISSING_CLASS, ZERO_CLASS, classify
from chb.ui.maps.layers import FIFTHS, LAYERS, TOP_HEAVY, paint
from geo import frames
from tests.ui.test_wire import disk


def test_classes_part_the_cells_above_zero_by_rank() -> None:
    values = np.r_[np.zeros(50), np.arange(1.0, 101.0), np.full(7, np.nan)]
    classes = classify(values, TOP_HEAVY)
    assert [row.n_cells for row in classes.rows] == [3, 7, 15, 25, 50]
    assert (classes.n_zero, classes.n_missing, classes.n_coloured) == (50, 7, 100)
    assert set(classes.numbers[:50]) == {ZERO_CLASS}
    assert set(classes.numbers[-7:]) == {MISSING_CLASS}
    assert sum(row.share_of_total for row in classes.rows) == pytest.approx(1)


def test_equal_values_never_part() -> None:
    values = np.array([1.0] * 90 + [2.0] * 10)
    classes = classify(values, FIFTHS)
    assert len({*classes.numbers[:90]}) == 1
    assert [(row.lowest, row.highest) for row in classes.rows] == [(2.0, 2.0), (1.0, 1.0)]


@pytest.mark.parametrize("values", [np.zeros(5), np.full(5, np.nan), np.array([])])
def test_nothing_above_zero_has_no_rows(values: np.ndarray) -> None:
    assert classify(values, TOP_HEAVY).rows == ()


def profile_frame(values: np.ndarray, column: str) -> pd.DataFrame:
    return pd.DataFrame({frames.CELL: disk(7)[: len(values)], column: values})


def test_the_legend_and_the_sentence_describe_the_cells_on_screen() -> None:
    layer = LAYERS[0]
    painted = paint(profile_frame(np.r_[np.zeros(20), np.arange(1.0, 101.0)], layer.column), layer)
    assert painted is not None
    assert painted.legend.rows[0].text == "Top 3% of cells"
    assert painted.legend.rows[-1].figure == "from 1"
    assert painted.sentence.startswith(
        "The darkest 3 cells (3% of those with any) hold 6% of the total, with 98 "
    )
    assert painted.sentence.endswith("or more each. 20 cells with none stay clear.")


def test_a_score_is_never_summed() -> None:
    layer = next(layer for layer in LAYERS if layer.column == frames.IMD_SCORE)
    painted = paint(profile_frame(np.arange(1.0, 101.0), layer.column), layer)
    assert painted is not None
    assert "total" not in painted.sentence


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.label)
def test_an_empty_layer_says_what_to_do(layer) -> None:
    assert paint(profile_frame(np.zeros(5), layer.column), layer) is None
    assert layer.absent.endswith((".", "PATH", "ocg-locations"))
