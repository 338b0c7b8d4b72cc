"""Earlier maps judged by later months."""

import math
from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.forward_test import ForwardTestRequest, run_forward_test
from chb.services.harm.profiling import ProfileRequest
from tests.services.made_places import SIZE, SOUTH, WEST, Incident, made_place, months, scattered

BOTH_YEARS = ProfileRequest("Marram", Period.parse("2024-01", "2025-12"))


@pytest.fixture(scope="module")
def found(sample_ws):
    return run_forward_test(sample_ws, ForwardTestRequest(BOTH_YEARS, resamples=199))


def test_it_beats_chance_by_far(found):
    assert (found.table["pai_low"] > 5).all()
    assert (found.table["hit_rate"] > found.table["share_of_area"]).all()


def test_denominators_explain_every_score(found):
    table = found.table
    assert np.allclose(table["hit_rate"], table["inside"] / table["total"])
    assert np.allclose(table["pai"], table["hit_rate"] / (table["map_km2"] / table["area_km2"]))
    assert (table["map_km2"] <= table["share_of_area"] * table["area_km2"] * (1 + 1e-9)).all()
    assert table["pei"].between(0, 1 + 1e-9).all()
    assert found.n_tests == 7 and (table["n_test_months"] == 21).all()
    assert [*table["measure"]] == ["harm"] * 3 + ["count"] * 3


@pytest.mark.parametrize("score", ["hit_rate", "pai", "pei", "recapture_rate_index"])
def test_each_estimate_lies_in_its_interval(found, score):
    table = found.table
    assert (table[f"{score}_low"] <= table[score] + 1e-9).all()
    assert (table[score] <= table[f"{score}_high"] + 1e-9).all()


def test_the_move_of_a_hotspot_costs_a_test_in_the_month_it_happens(sample_ws, found):
    steady = replace(BOTH_YEARS, period=Period.parse("2024-01", "2024-12"))
    before = run_forward_test(sample_ws, ForwardTestRequest(steady, resamples=99))
    at = before.table["measure"] == "harm"
    assert found.table.loc[at, "recapture_rate_index"].mean() < (
        before.table.loc[at, "recapture_rate_index"].mean()
    )


def test_one_cell_that_never_changes_is_found_every_time(tmp_path):
    spot = (WEST + SIZE / 2, SOUTH + SIZE / 2)
    incidents = [Incident(month, *spot) for month in months(1, 12) for _ in range(20)]
    incidents += [one for month in months(1, 12) for one in scattered(month, 7)]
    ws, profile = made_place(tmp_path, incidents, first="2024-01", last="2024-12")
    asked = ForwardTestRequest(profile, shares_of_area=(0.005,), resamples=99)
    found = run_forward_test(ws, asked)
    assert found.table["pei"].tolist() == pytest.approx([1, 1])
    assert found.table["hit_rate"].tolist() == pytest.approx([20 / 27, 20 / 27])
    assert found.rank_overlap["harm"].estimate == pytest.approx(1)
    assert found.cells["times_hot_harm_0.005"].max() == found.n_tests == 3


def test_tests_with_a_missing_month_are_skipped_and_counted(sample_ws):
    longer = replace(BOTH_YEARS, period=Period.parse("2025-01", "2026-06"))
    found = run_forward_test(sample_ws, ForwardTestRequest(longer, resamples=99))
    assert (found.n_tests, found.n_skipped) == (3, 2)
    assert any("2 skipped" in said for said in found.provenance.choices)


def test_too_few_tests_for_an_interval_of_the_overlap_says_so(sample_ws):
    short = replace(BOTH_YEARS, period=Period.parse("2025-01", "2025-06"))
    found = run_forward_test(sample_ws, ForwardTestRequest(short, resamples=99))
    assert math.isnan(found.rank_overlap["harm"].low)
    assert 0 < found.rank_overlap["harm"].estimate <= 1


def test_concentration_is_beyond_chance(found):
    assert found.concentration.gini > found.concentration.expected
    assert found.concentration.p < 0.01


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"learn_months": 0}, "at least one month to learn from"),
        ({"learn_months": 30}, "leaves 0 to judge by"),
        ({"measures": ()}, "Nothing to score"),
        ({"measures": ("fear",)}, "'fear'"),
        ({"shares_of_area": (5.0,)}, r"5 per cent is 0\.05"),
        ({"resamples": 5}, "99 resamples"),
    ],
)
def test_nonsense_is_a_sentence(sample_ws, changes, says):
    with pytest.raises(Refusal, match=says):
        run_forward_test(sample_ws, ForwardTestRequest(BOTH_YEARS, **changes))
