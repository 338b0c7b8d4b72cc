"""Histories of cells: what moved in the sample place, months nobody knows, and refusals."""

from dataclasses import replace

import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.trends import TrendRequest, find_trends
from tests.services.made_places import SOUTH, WEST, Incident, made_place, months, scattered

BOTH_YEARS = ProfileRequest("Marram", Period.parse("2024-01", "2025-12"))


@pytest.fixture(scope="module")
def found(sample_ws):
    return find_trends(sample_ws, TrendRequest(BOTH_YEARS, recent_months=12))


def names(found, change):
    return set(found.cells.loc[found.cells["change"] == change, "place_name"])


def test_the_move_is_seen_at_both_ends(found):
    assert names(found, "former") == {"Sandhythe"}
    assert names(found, "emerging") == {"Sandhythe Bents"}


def test_what_stayed_is_persistent(found):
    assert {"Pierhead", "The Saltings"} <= names(found, "persistent")


def test_the_mann_kendall_trend_points_the_same_way(found):
    moved = found.cells.set_index("change")
    assert moved.loc[["emerging"], "trend_z"].max() > 2
    assert moved.loc[["former"], "trend_z"].min() < -2


def test_the_table_accounts_for_every_cell_and_all_harm(found):
    assert found.table["n_cells"].sum() == len(found.cells)
    assert found.table["harm_days"].sum() == pytest.approx(found.cells["harm_days"].sum())
    assert found.table["share_of_harm"].sum() == pytest.approx(1)


def test_the_rule_is_printed(found):
    assert "last 12 months" in found.rule
    assert found.rule in found.provenance.choices


def test_the_eight_patterns_on_request(sample_ws):
    found = find_trends(sample_ws, TrendRequest(BOTH_YEARS, patterns="arcgis"))
    assert "Sandhythe Bents" in names(found, "consecutive")
    assert len(found.table) == 10


def test_a_missing_month_is_unknown_and_not_quiet(tmp_path):
    loaded = months(1, 13)
    loaded.remove("2024-06")
    spot = [Incident(month, WEST + 0.02, SOUTH + 0.03) for month in loaded for _ in range(30)]
    background = [one for month in loaded for one in scattered(month)]
    ws, profile = made_place(tmp_path, [*spot, *background], first="2024-01", last="2025-01")
    found = find_trends(ws, TrendRequest(profile))
    worst = found.cells.loc[found.cells["harm_days"].idxmax()]
    assert (worst["known_months"], worst["months_hot"]) == (12, 12)
    assert worst["change"] == "persistent" and worst["trend_p"] == 1
    assert any("2024-06" in caveat for caveat in found.provenance.caveats)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"recent_months": 24}, "24 recent months in a period of 24"),
        ({"patterns": "tea-leaves"}, "'tea-leaves'.*simple, arcgis"),
        ({"correction": "hope"}, "'hope'"),
        ({"measure": "fear"}, "'fear'"),
        (
            {"profile": replace(BOTH_YEARS, period=Period.parse("2025-01", "2025-09"))},
            "9 of 9 months are loaded; at least 10",
        ),
        (
            {"profile": replace(BOTH_YEARS, period=Period.parse("2025-08", "2026-12"))},
            "5 of 17 months are loaded; at least 10",
        ),
    ],
)
def test_nonsense_is_a_sentence(sample_ws, changes, says):
    with pytest.raises(Refusal, match=f"(?s){says}"):
        find_trends(sample_ws, replace(TrendRequest(BOTH_YEARS), **changes))
