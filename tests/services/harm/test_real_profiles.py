"""Profiles of real places, reconciled with the raw files by independent counting."""

import csv
import io
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import h3
import numpy as np
import pytest
from pyproj import Transformer
from shapely import box, to_geojson

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.loading.importing import import_deprivation
from chb.services.loading.incident_import import import_incidents
from geo.cells import to_text

SHEFFIELD = ProfileRequest("Sheffield", Period.parse("2025-01", "2025-12"))
PRESTON = ProfileRequest("Preston", Period.parse("2021-11", "2022-10"))

pytestmark = pytest.mark.xdist_group("real data")


def raw_rows(archive: Path) -> list[dict[str, str]]:
    """Every row of every CSV, by the standard library only."""
    rows = []
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            text = io.TextIOWrapper(opened.open(name), encoding="utf-8", newline="")
            rows += list(csv.DictReader(text))
    return rows


@pytest.fixture(scope="module")
def sheffield_rows(shared_data):
    return raw_rows(shared_data / "sheffield" / "police-uk-south-yorkshire.zip")


@pytest.fixture(scope="module")
def sheffield(sheffield_ws):
    return build_profile(sheffield_ws, SHEFFIELD)


@pytest.fixture(scope="module")
def preston(lancashire_ws):
    return build_profile(lancashire_ws, PRESTON)


def test_every_cell_counts_what_the_raw_file_has_there(sheffield, sheffield_rows):
    located = [row for row in sheffield_rows if row["Longitude"]]
    by_cell = Counter(
        h3.latlng_to_cell(float(row["Latitude"]), float(row["Longitude"]), 9) for row in located
    )
    ours = dict(
        zip(to_text(sheffield.frame["cell"].to_numpy()), sheffield.frame["count"], strict=True)
    )
    assert ours == {cell: by_cell.get(cell, 0) for cell in ours}
    assert len(sheffield_rows) == 172_209
    assert sheffield.n_without_location == len(sheffield_rows) - len(located)


def test_harm_is_the_weights_times_the_counts(sheffield, sheffield_rows):
    weights = {
        "Violence and sexual offences": 194.21,
        "Robbery": 365,
        "Possession of weapons": 273.75,
        "Burglary": 244.68,
        "Criminal damage and arson": 11.18,
        "Other crime": 10,
        "Public order": 7.5,
        "Vehicle crime": 5,
        "Drugs": 3.66,
        "Other theft": 2,
        "Theft from the person": 2,
        "Bicycle theft": 2,
        "Shoplifting": 1,
        "Anti-social behaviour": 1,
    }
    cells = set(to_text(sheffield.frame["cell"].to_numpy()))
    harm = sum(
        weights[row["Crime type"]]
        for row in sheffield_rows
        if row["Longitude"]
        and h3.latlng_to_cell(float(row["Latitude"]), float(row["Longitude"]), 9) in cells
    )
    assert sheffield.frame["harm_days"].sum() == pytest.approx(harm, rel=1e-9)


def test_density_is_the_naive_quartic_sum_at_the_worst_cells(sheffield_ws, sheffield_rows):
    profile = build_profile(sheffield_ws, replace(SHEFFIELD, scheme="count"))
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    located = [row for row in sheffield_rows if row["Longitude"]]
    x, y = to_grid.transform(
        np.array([float(row["Longitude"]) for row in located]),
        np.array([float(row["Latitude"]) for row in located]),
    )
    top = profile.frame.nlargest(5, "density")
    for cell, density in zip(to_text(top["cell"].to_numpy()), top["density"], strict=True):
        latitude, longitude = h3.cell_to_latlng(cell)
        at_x, at_y = to_grid.transform(longitude, latitude)
        u = ((x - at_x) ** 2 + (y - at_y) ** 2) / 400.0**2
        naive_per_km2 = (3 / (np.pi * 400.0**2) * (1 - u[u < 1]) ** 2).sum() * 1e6
        assert density == pytest.approx(naive_per_km2, rel=1e-9)


def test_people_of_the_city_are_neither_made_nor_lost(sheffield, sheffield_ws, shared_data):
    with (shared_data / "common/population/Census2021_usual_residents_households_LSOA21.csv").open(
        encoding="utf-8-sig"
    ) as file:
        city = sum(
            int(row["total_residents"])
            for row in csv.DictReader(file)
            if row["ltla24_name"] == "Sheffield"
        )
    population = sheffield.frame["population"].sum()
    # Border cells also hold some neighbours of the city, and nobody inside is lost.
    assert city <= population <= city * 1.02


def test_scores_lie_within_those_of_the_zones(sheffield):
    frame = sheffield.frame.dropna(subset=["imd_score"])
    assert len(frame) > 3_500
    assert (frame["imd_score"] >= frame["imd_score_min"] - 1e-9).all()
    assert (frame["imd_score"] <= frame["imd_score_max"] + 1e-9).all()


def test_every_cell_is_there_once_even_those_where_nothing_happened(sheffield):
    assert sheffield.frame["cell"].is_unique
    assert (sheffield.frame["count"] == 0).any()
    assert sheffield.frame[["count", "harm_days", "density", "area_km2"]].notna().all().all()


def test_the_older_set_with_ranks_only_has_no_score_and_says_why(preston):
    assert preston.frame["imd_score"].isna().all()
    assert preston.frame["imd_rank"].between(1, 32_844).sum() > 1_000
    assert any("ranks are never averaged" in caveat for caveat in preston.provenance.caveats)
    assert any("IMD 2019" in choice for choice in preston.provenance.choices)


def test_the_older_set_reconciles_with_the_raw_rows(preston, shared_data):
    rows = [
        row
        for row in raw_rows(shared_data / "lancashire" / "police-uk-lancashire.zip")
        if row["Month"] >= "2021-11"
    ]
    cells = set(to_text(preston.frame["cell"].to_numpy()))
    inside = sum(
        h3.latlng_to_cell(float(row["Latitude"]), float(row["Longitude"]), 9) in cells
        for row in rows
        if row["Longitude"]
    )
    assert preston.frame["count"].sum() == inside
    assert preston.n_without_location == sum(not row["Longitude"] for row in rows)


def test_a_second_import_changes_nothing_and_says_so(sheffield_ws, shared_data):
    outcome = import_incidents(
        sheffield_ws, shared_data / "sheffield" / "police-uk-south-yorkshire.zip"
    )
    assert not outcome.changed
    assert "Nothing changed" in outcome.message
    assert outcome.report.rows_read == 172_209


def test_an_edition_of_the_wrong_vintage_is_refused_with_the_likely_cause(
    sheffield_ws, shared_data
):
    edition = next((shared_data / "common/deprivation").glob("File_1*.xlsx"))
    with pytest.raises(Refusal, match=r"(?s)97\.\d%.*vintage"):
        import_deprivation(sheffield_ws, edition)


def test_what_a_scheme_leaves_out_is_said(sheffield, sheffield_ws):
    assert any("proactive policing" in caveat for caveat in sheffield.provenance.caveats)
    severity = build_profile(sheffield_ws, replace(SHEFFIELD, scheme="ons-css"))
    assert any("blind to violence" in caveat for caveat in severity.provenance.caveats)


def test_a_months_gap_is_a_caveat_and_not_a_zero(sheffield_ws):
    request = ProfileRequest("Sheffield", Period.parse("2025-11", "2026-02"))
    profile = build_profile(sheffield_ws, request)
    assert [str(month) for month in profile.coverage.missing] == ["2026-01", "2026-02"]
    assert any("2026-01, 2026-02" in caveat for caveat in profile.provenance.caveats)
    two_months = build_profile(
        sheffield_ws, ProfileRequest("Sheffield", Period.parse("2025-11", "2025-12"))
    )
    assert np.allclose(profile.frame["density"], two_months.frame["density"])


def test_an_area_whose_force_is_not_loaded_says_so(sheffield_ws, sheffield, tmp_path):
    drawn = tmp_path / "bristol.geojson"
    drawn.write_text(to_geojson(box(-2.6, 51.45, -2.55, 51.5)))
    elsewhere = build_profile(sheffield_ws, replace(SHEFFIELD, area=str(drawn)))
    said = "No incident of this period lies in the area"
    assert any(said in caveat for caveat in elsewhere.provenance.caveats)
    assert not any(said in caveat for caveat in sheffield.provenance.caveats)
    of_the_force = "8,069 incidents of South Yorkshire Police without a location are in no cell"
    assert of_the_force in sheffield.provenance.caveats
