"""Hotspots of the sample place against what was planted there, and what is refused."""

import json
from dataclasses import replace

import h3
import numpy as np
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.priority import (
    COMPONENT_COLUMNS,
    COMPONENTS,
    DEFAULT_WEIGHTS,
    parse_weights,
)
from chb.services.harm.profiling import ProfileRequest
from chb.sources.sample_place import write_sample_place
from tests.services.made_places import SOUTH, WEST, Incident, made_place, scattered

YEAR = ProfileRequest("Marram", Period.parse("2025-01", "2025-12"))
YEAR_BEFORE = Period.parse("2024-01", "2024-12")
BOTH = replace(YEAR, period=Period.parse("2024-01", "2025-12"))


@pytest.fixture(scope="module")
def spots(tmp_path_factory):
    files = write_sample_place(tmp_path_factory.mktemp("truths"))
    return json.loads(files.planted_truths.read_text())["spots"]


@pytest.fixture(scope="module")
def found(sample_ws):
    return find_hotspots(sample_ws, HotspotRequest(YEAR, against=YEAR_BEFORE))


def hotspot_of(found, spot):
    """The row of the hotspot that covers a planted spot; None where nothing is hot."""
    cell = h3.str_to_int(h3.latlng_to_cell(spot["latitude"], spot["longitude"], 9))
    number = found.cells.set_index("cell")["hotspot"].get(cell, 0)
    return found.table.loc[found.table["hotspot"] == number].iloc[0] if number else None


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_planted_harm_is_found_and_comes_first(sample_ws, spots, year):
    period = Period.parse(f"{year}-01", f"{year}-12")
    found = find_hotspots(sample_ws, HotspotRequest(replace(YEAR, period=period)))
    live = [
        s for s in spots if s["role"] != "decoy" and s["from_month"][:4] <= year <= s["to_month"]
    ]
    covered = [hotspot_of(found, spot) for spot in live]
    assert {row["hotspot"] for row in covered} == {1, 2, 3}
    assert found.table["harm_days"].is_monotonic_decreasing


def test_the_decoy_outranks_planted_harm_by_count_and_not_by_harm(sample_ws, spots):
    decoy = next(spot for spot in spots if spot["role"] == "decoy")
    by_count = find_hotspots(sample_ws, HotspotRequest(YEAR, measure="count"))
    by_harm = find_hotspots(sample_ws, HotspotRequest(YEAR, measure="harm"))
    assert hotspot_of(by_harm, decoy) is None
    row = hotspot_of(by_count, decoy)
    assert row["name"] == "Sandpiper Retail Park"
    planted = [s for s in spots if s["role"] != "decoy" and s["to_month"] >= "2025-12"]
    for other in (hotspot_of(by_count, spot) for spot in planted):
        assert row["count"] / row["area_km2"] > other["count"] / other["area_km2"]
        assert row["harm_density"] < other["harm_density"]


def test_ropewalk_is_deprived_and_no_hotspot(found):
    assert not found.table["name"].str.contains("Ropewalk").any()


def test_the_parts_add_up(found):
    cells, table = found.cells, found.table.set_index("hotspot")
    for number, row in table.iterrows():
        inside = cells[cells["hotspot"] == number]
        assert row["n_cells"] == len(inside)
        for column in ("count", "harm_days", "area_km2", "population", "ocg_influence", "assets"):
            assert row[column] == pytest.approx(inside[column].sum())
    assert table["share_of_harm"].sum() == pytest.approx(
        cells.loc[cells["hot"], "harm_days"].sum() / cells["harm_days"].sum()
    )
    assert (cells["hotspot"] > 0).equals(cells["hot"])
    points = [name for name in table.columns if name.endswith("_points")]
    assert np.allclose(table[points].sum(axis=1), table["priority_score"])
    assert [name.removesuffix("_points") for name in points] == [
        name for name, _ in DEFAULT_WEIGHTS
    ]


def test_outlines_are_the_hotspots(found):
    areas = found.table["area_km2"].to_numpy()
    box = [outline.bounds for outline in found.outlines]
    assert len(box) == len(areas)
    for (west, south, east, north), row in zip(box, found.table.itertuples(), strict=True):
        assert west < row.longitude < east and south < row.latitude < north


def test_identity_is_kept_from_one_period_to_the_next(found):
    table = found.table.set_index("name")
    assert table.loc["The Saltings", "status"] == "continues"
    assert table.loc["The Saltings", "earlier"] == "The Saltings"
    before = found.earlier.set_index("name")
    assert table.loc["The Saltings", "identity"] == before.loc["The Saltings", "identity"]
    assert set(before["status"]) <= {"continues", "merged", "gone"}
    assert (before["later"] != "").eq(before["status"] != "gone").all()


def test_nothing_in_common_is_gone_and_new(tmp_path):
    there = [Incident("2024-01", WEST + 0.01, SOUTH + 0.01)] * 60
    here = [Incident("2024-02", WEST + 0.05, SOUTH + 0.05)] * 60
    background = [*scattered("2024-01"), *scattered("2024-02")]
    ws, profile = made_place(
        tmp_path, [*there, *here, *background], first="2024-02", last="2024-02"
    )
    january = Period.parse("2024-01", "2024-01")
    found = find_hotspots(ws, HotspotRequest(profile, against=january))
    assert found.table["status"].tolist() == ["new"]
    assert found.earlier["status"].tolist() == ["gone"]
    assert found.table["identity"].tolist() == [2]


def test_high_harm_on_few_incidents_is_flagged(tmp_path):
    grave = [Incident("2024-01", WEST + 0.01, SOUTH + 0.01, "Robbery")] * 5
    petty = [Incident("2024-01", WEST + 0.05, SOUTH + 0.05, "Shoplifting")] * 300
    minor = [replace(one, category="Bicycle theft") for one in scattered("2024-01")]
    ws, profile = made_place(tmp_path, [*grave, *petty, *minor], first="2024-01", last="2024-01")
    found = find_hotspots(ws, HotspotRequest(profile))
    assert found.table["frequency_desert"].any()
    worst = found.cells.loc[found.cells["harm_days"].idxmax()]
    assert worst["frequency_desert"] and worst["count"] == 5
    assert any("few incidents" in caveat for caveat in found.provenance.caveats)
    often = find_hotspots(ws, HotspotRequest(profile, desert_events=5))
    assert not often.cells.loc[worst.name, "frequency_desert"]


def test_the_densest_share_needs_no_significance(sample_ws):
    found = find_hotspots(sample_ws, HotspotRequest(YEAR, rule="top-share", share_of_area=0.02))
    hot = found.cells[found.cells["hot"]]
    assert hot["area_km2"].sum() <= 0.02 * found.cells["area_km2"].sum()
    assert hot["density"].min() >= found.cells.loc[~found.cells["hot"], "density"].max()


def test_patches_stay_whole_when_asked(sample_ws):
    whole = find_hotspots(sample_ws, HotspotRequest(YEAR, saddle_share=0))
    divided = find_hotspots(sample_ws, HotspotRequest(YEAR))
    assert len(whole.table) < len(divided.table)
    assert whole.cells["hot"].equals(divided.cells["hot"])


def test_permutations_find_the_same_places_and_say_so(sample_ws, found):
    drawn = find_hotspots(sample_ws, HotspotRequest(YEAR, permutations=9_999, correction="none"))
    again = find_hotspots(sample_ws, HotspotRequest(YEAR, permutations=9_999, correction="none"))
    assert set(found.table["name"]) <= set(drawn.table["name"])
    assert drawn.cells["p"].equals(again.cells["p"])
    assert any("9,999 permutations, correction none" in said for said in drawn.provenance.choices)


def test_every_component_has_a_column_and_deprivation_waits_to_be_asked():
    assert set(COMPONENT_COLUMNS) == set(COMPONENTS)
    assert set(COMPONENTS) - {name for name, _ in DEFAULT_WEIGHTS} == {"deprivation"}


def test_weights_are_a_persons(sample_ws):
    weighed = parse_weights("harm=1, persistence=0, deprivation=2")
    found = find_hotspots(sample_ws, HotspotRequest(YEAR, weights=weighed))
    table = found.table.set_index("name")
    assert (table["persistence_points"] == 0).all()
    assert table.loc["The Saltings", "priority_rank"] == 1  # deprived and harmed
    assert "ocg_points" not in table
    assert any("asked for" in caveat for caveat in found.provenance.caveats)
    assert (table["best_rank"] <= table["priority_rank"]).all()
    assert (table["priority_rank"] <= table["worst_rank"]).all()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harm", "'harm'"),
        ("harm=much", "'harm=much'"),
        ("harm=nan", "'harm=nan'"),
        ("bravery=1", "'bravery=1'"),
        ("harm=1,harm=2", "'harm=2'"),
        ("", "''"),
    ],
)
def test_weights_written_otherwise_are_refused(text, found):
    with pytest.raises(Refusal, match=r"name=number.*Found " + found):
        parse_weights(text)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"weights": (("harm", 0.0), ("ocg", 0.0))}, "all zero"),
        ({"weights": (("harm", -1.0), ("ocg", 2.0))}, "not be negative"),
        ({"rule": "gut-feeling"}, "gut-feeling.*gi-star, top-share"),
        ({"measure": "fear"}, "'fear'.*harm, count"),
        ({"transform": "cube"}, "'cube'.*square-root"),
        ({"correction": "hope"}, "'hope'.*benjamini-hochberg"),
        ({"permutations": 99}, "99 permutations are too few"),
        ({"alpha": 5}, r"5 per cent is 0\.05"),
        ({"rule": "top-share", "share_of_area": 5.0}, r"5 per cent is 0\.05"),
        ({"saddle_share": 75}, r"75 per cent is 0\.75"),
        ({"against": Period.parse("2024-06", "2025-03")}, "must end before the other begins"),
    ],
)
def test_nonsense_is_a_sentence(sample_ws, changes, says):
    with pytest.raises(Refusal, match=f"(?s){says}"):
        find_hotspots(sample_ws, HotspotRequest(YEAR, **changes))


def test_weighing_what_nobody_loaded_is_refused(tmp_path):
    incidents = [*scattered("2024-01"), *[Incident("2024-01", WEST + 0.01, SOUTH + 0.01)] * 40]
    ws, profile = made_place(tmp_path, incidents, first="2024-01", last="2024-01")
    by_default = find_hotspots(ws, HotspotRequest(profile))
    assert "asset_gap_points" not in by_default.table
    assert any("No data for asset_gap" in said for said in by_default.provenance.caveats)
    with pytest.raises(Refusal, match="no data to weigh deprivation"):
        find_hotspots(ws, HotspotRequest(profile, weights=(("deprivation", 1.0),)))


def test_an_even_spread_has_no_hotspot_and_that_is_an_answer(tmp_path):
    ws, profile = made_place(tmp_path, scattered("2024-01", 49), first="2024-01", last="2024-01")
    found = find_hotspots(ws, HotspotRequest(profile))
    assert found.table.empty and len(found.outlines) == 0
    assert any("No cell is hot" in caveat for caveat in found.provenance.caveats)
