"""The sample place as files: repeatable, well formed, and in agreement with itself."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from chb.domain.harm import CrimeCategory
from chb.domain.ocgs.locations import Confidence, LocationKind
from chb.domain.places.phases import Intensity, Phase
from chb.sources.reading import ASSET_COLUMNS, OCG_LOCATION_COLUMNS, PEOPLE_COLUMNS
from chb.sources.sample_place import SamplePlaceFiles, load_spec, write_sample_place
from chb.sources.sample_place.incidents import STREET_COLUMNS
from chb.sources.sample_place.spec import SAMPLE_FOLDER

PROJECT = Path(__file__).parents[2]
COMMON = PROJECT.parent / "shared" / "data" / "common"
LAYERS = ("lsoas", "wards", "district", "csp")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SamplePlaceFiles:
    return write_sample_place(tmp_path_factory.mktemp("marram"))


@pytest.fixture(scope="module")
def incidents(files: SamplePlaceFiles) -> pd.DataFrame:
    months = sorted(files.incidents.rglob("*-street.csv"))
    return pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False) for path in months])


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def located(incidents: pd.DataFrame) -> gpd.GeoDataFrame:
    rows = incidents[incidents["Longitude"] != ""]
    points = gpd.points_from_xy(rows["Longitude"].astype(float), rows["Latitude"].astype(float))
    return gpd.GeoDataFrame(rows.reset_index(drop=True), geometry=points, crs="EPSG:4326")


def real_header(path: Path) -> list[str]:
    assert path.is_file(), f"The shared data are missing: {path} should be there"
    return pd.read_csv(path, nrows=0).columns.tolist()


def test_the_same_seed_gives_the_same_bytes(files: SamplePlaceFiles, tmp_path: Path) -> None:
    assert digests(write_sample_place(tmp_path).folder) == digests(files.folder)


def test_another_seed_gives_another_borough(files: SamplePlaceFiles, tmp_path: Path) -> None:
    other = write_sample_place(tmp_path, spec=replace(load_spec(), seed=7))
    first, second = digests(files.folder), digests(other.folder)
    unmoved = {"people.csv", "places.json", "ocg-locations.csv", "place-names.geojson"}
    assert {name for name in first if first[name] == second[name]} == unmoved


def test_every_path_named_is_written(files: SamplePlaceFiles) -> None:
    named = {name for name, kind in vars(SamplePlaceFiles).items() if isinstance(kind, property)}
    assert all(getattr(files, name).exists() for name in named)
    written = {path for path in files.folder.rglob("*.*") if files.incidents not in path.parents}
    assert written == {getattr(files, name) for name in named} - {files.incidents}


def test_street_files_have_the_layout_of_the_open_data(
    files: SamplePlaceFiles, incidents: pd.DataFrame
) -> None:
    names = [path.relative_to(files.incidents) for path in files.incidents.rglob("*.csv")]
    months = pd.period_range("2024-01", "2025-12", freq="M").astype(str)
    assert set(names) == {Path(month) / f"{month}-marram-street.csv" for month in months}
    assert tuple(incidents.columns) == STREET_COLUMNS
    assert set(incidents["Falls within"]) == {"Marram Constabulary (synthetic)"}
    for month in months:
        assert set(pd.read_csv(files.street_file(month))["Month"]) == {month}


def test_incidents_have_all_categories_in_believable_shares(incidents: pd.DataFrame) -> None:
    shares = incidents["Crime type"].value_counts(normalize=True)
    assert set(shares.index) == {category.value for category in CrimeCategory}
    assert shares.idxmax() == CrimeCategory.VIOLENCE
    assert 0.25 < shares[CrimeCategory.VIOLENCE] < 0.4
    assert shares.min() > 0.004


def test_crime_ids_are_unique_and_left_out_for_anti_social_behaviour(
    incidents: pd.DataFrame,
) -> None:
    nuisance = incidents["Crime type"] == CrimeCategory.ANTI_SOCIAL_BEHAVIOUR
    assert (incidents.loc[nuisance, ["Crime ID", "Last outcome category"]] == "").all(axis=None)
    crimes = incidents.loc[~nuisance, "Crime ID"]
    assert crimes.str.fullmatch("[0-9a-f]{64}").all()
    assert crimes.is_unique


def test_summer_nuisance_and_winter_burglary(incidents: pd.DataFrame) -> None:
    season = (
        incidents["Month"]
        .str[5:]
        .map(
            {
                "06": "summer",
                "07": "summer",
                "08": "summer",
                "12": "winter",
                "01": "winter",
                "02": "winter",
            }
        )
    )
    counts = pd.crosstab(incidents["Crime type"], season)
    assert (
        counts.loc["Anti-social behaviour", "summer"]
        > 1.2 * counts.loc["Anti-social behaviour", "winter"]
    )
    assert counts.loc["Burglary", "winter"] > counts.loc["Burglary", "summer"]


def test_unlocated_rows_say_so_and_lack_an_lsoa(incidents: pd.DataFrame) -> None:
    lost = incidents["Longitude"] == ""
    assert lost.mean() == pytest.approx(0.02, abs=0.002)
    assert (incidents.loc[lost, "Location"] == "No Location").all()
    assert (incidents.loc[lost, ["Latitude", "LSOA code", "LSOA name"]] == "").all(axis=None)
    assert incidents.loc[~lost, "Location"].str.startswith("On or near ").all()


def test_incidents_sit_on_snap_points_along_roads_in_the_borough(
    files: SamplePlaceFiles, incidents: pd.DataFrame
) -> None:
    points = located(incidents).drop_duplicates(["Longitude", "Latitude"])
    assert 1_500 <= len(points) <= 2_500
    assert points.within(gpd.read_file(files.district).union_all()).all()
    roads = gpd.read_file(files.roads).to_crs(27700).union_all()
    assert points.to_crs(27700).distance(roads).max() < 4


def test_lsoa_codes_agree_with_point_in_polygon(
    files: SamplePlaceFiles, incidents: pd.DataFrame
) -> None:
    points = located(incidents)
    joined = points.sjoin(gpd.read_file(files.lsoas), predicate="intersects")
    assert len(joined) == len(points)
    assert (joined["LSOA code"] == joined["LSOA21CD"]).all()
    assert (joined["LSOA name"] == joined["LSOA21NM"]).all()


@pytest.mark.parametrize("layer", LAYERS)
def test_boundaries_are_valid_single_pieces(files: SamplePlaceFiles, layer: str) -> None:
    frame = gpd.read_file(getattr(files, layer))
    assert frame.is_valid.all()
    assert set(frame.geom_type) == {"Polygon"}


def test_boundaries_nest_exactly(files: SamplePlaceFiles) -> None:
    # Areas are compared in square degrees, as written: a projection would round the corners.
    lsoas, wards, district, csp = (
        gpd.read_file(getattr(files, layer)).set_crs(None, allow_override=True) for layer in LAYERS
    )
    whole = district.geometry[0]
    assert csp.geometry[0].equals(whole)
    for layer in (lsoas, wards):
        assert layer.union_all().symmetric_difference(whole).area == 0
        assert layer.area.sum() == pytest.approx(whole.area, rel=1e-12)
    inner = gpd.GeoDataFrame(lsoas[["LSOA21CD"]], geometry=lsoas.representative_point())
    ward_of = inner.sjoin(wards, predicate="within")
    assert ward_of["LSOA21CD"].is_unique
    for code, members in ward_of.groupby("WD24CD"):
        gathered = lsoas.loc[members.index].union_all()
        ward = wards.loc[wards["WD24CD"] == code, "geometry"].iloc[0]
        assert gathered.symmetric_difference(ward).area == 0


def test_lsoas_have_the_codes_and_names_of_their_kind(files: SamplePlaceFiles) -> None:
    lsoas = gpd.read_file(files.lsoas)
    assert lsoas["LSOA21CD"].tolist() == [f"E0199{number:04d}" for number in range(1, 61)]
    assert lsoas["LSOA21NM"].str.fullmatch(r"Marram \d{3}[A-Z]").all()
    assert lsoas["LSOA21NM"].is_unique
    assert gpd.read_file(files.district)[["LAD24CD", "LAD24NM"]].iloc[0].tolist() == [
        "E08990001",
        "Marram",
    ]


def test_deprivation_is_laid_out_as_the_2025_indices(files: SamplePlaceFiles) -> None:
    name = "IoD2025_File_7_style_RECONSTRUCTED_no_IDACI_IDAOPI_no_population.csv"
    real = real_header(COMMON / "deprivation" / name)
    frame = pd.read_csv(files.deprivation)
    assert frame.columns.tolist() == real[: real.index("Living Environment Score") + 3]
    assert frame.notna().all(axis=None)


def test_ranks_and_deciles_follow_the_scores(files: SamplePlaceFiles) -> None:
    frame = pd.read_csv(files.deprivation)
    for rank in (column for column in frame.columns if " Rank (" in column):
        stem = rank.split(" Rank")[0]
        score = next(name for name in frame.columns if name.startswith(f"{stem} Score"))
        decile = next(name for name in frame.columns if name.startswith(f"{stem} Decile"))
        ordered = frame.sort_values(rank)
        assert frame[rank].is_unique
        assert frame[rank].between(1, 33_755).all()
        assert ordered[score].is_monotonic_decreasing
        assert (frame[decile] == np.ceil(frame[rank] * 10 / 33_755)).all()
    assert frame.filter(like="(IMD) Decile").iloc[:, 0].nunique() >= 7


def test_population_is_laid_out_as_the_census(files: SamplePlaceFiles) -> None:
    real = real_header(COMMON / "population" / "Census2021_usual_residents_households_LSOA21.csv")
    frame = pd.read_csv(files.population)
    assert frame.columns.tolist() == [*real, "aged_0_17", "aged_10_24"]
    codes = gpd.read_file(files.lsoas)["LSOA21CD"].tolist()
    assert (
        frame["lsoa21_code"].tolist() == codes == pd.read_csv(files.deprivation).iloc[:, 0].tolist()
    )
    assert frame["total_residents"].between(900, 2_700).all()
    assert (frame["aged_0_17"] < 0.35 * frame["total_residents"]).all()


def test_assets_are_in_the_template_and_of_known_kinds(files: SamplePlaceFiles) -> None:
    assets = pd.read_csv(files.assets)
    assert tuple(assets.columns) == (*ASSET_COLUMNS, "accepts_referrals")
    assert len(assets) >= 60
    assert assets["source_id"].is_unique
    assert assets["name"].is_unique
    kinds = pd.read_csv(PROJECT / "data" / "reference" / "asset_kinds.csv")["key"]
    assert set(assets["kind"]) == set(load_spec().assets["kinds"])
    assert set(assets["kind"]) <= set(kinds)
    points = gpd.points_from_xy(assets["longitude"], assets["latitude"])
    assert points.within(gpd.read_file(files.district).union_all()).all()


def test_ocgs_have_three_to_six_uncertain_locations(files: SamplePlaceFiles) -> None:
    rows = pd.read_csv(files.ocg_locations, keep_default_na=False)
    assert tuple(rows.columns) == OCG_LOCATION_COLUMNS
    assert rows["code"].value_counts().between(3, 6).all()
    assert set(rows["kind"]) == {kind.value for kind in LocationKind}
    assert set(rows["confidence"]) == {confidence.value for confidence in Confidence}
    assert (rows["radius_m"] >= 50).all()


def test_people_are_posts_with_addresses_nobody_can_write_to(files: SamplePlaceFiles) -> None:
    people = pd.read_csv(files.people)
    assert tuple(people.columns) == PEOPLE_COLUMNS
    assert people["name"].str.fullmatch(r"Post holder, .+ \(invented\)").all()
    assert people["work_email"].str.endswith("@example.org").all()


def test_places_are_at_three_points_of_clear_hold_build(files: SamplePlaceFiles) -> None:
    places = json.loads(files.places.read_text())["places"]
    clear = {}
    for place in places:
        assert place["area_name"] == "Marram"
        history = place["history"]
        assert {change["phase"] for change in history} == {phase.value for phase in Phase}
        assert {change["intensity"] for change in history} <= {kind.value for kind in Intensity}
        days = [change["effective_on"] for change in history]
        assert days == sorted(days)
        clear[place["name"]] = [row["intensity"] for row in history if row["phase"] == "Clear"]
    assert clear == {
        "The Saltings": ["planned", "active"],
        "Pierhead": ["planned", "active", "closed", "active"],
        "Sandhythe Cross": ["active", "closed"],
    }


def test_the_basemap_is_small_and_ranked(files: SamplePlaceFiles) -> None:
    assert files.roads.stat().st_size < 400_000
    roads, water = gpd.read_file(files.roads), gpd.read_file(files.water)
    assert roads["rank"].is_monotonic_increasing
    assert set(roads["rank"]) == {1, 2, 3}
    sea = water.loc[water["name"] == "Irish Sea", "geometry"].iloc[0]
    assert sea.intersection(gpd.read_file(files.district).geometry[0]).area == 0
    assert gpd.read_file(files.green).is_valid.all()
    names = gpd.read_file(files.place_names)
    assert {"Marram", "Ternmouth", "Sandhythe"} == set(names.loc[names["rank"] == 1, "name"])


def test_the_readme_counts_what_is_there(files: SamplePlaceFiles) -> None:
    readme = (SAMPLE_FOLDER / "README.md").read_text(encoding="utf-8")
    truths = json.loads(files.planted_truths.read_text())
    told = dict(re.findall(r"^\| ([a-z ]+) \| ([\d,]+) \|$", readme, re.MULTILINE))
    counted = {name.replace("_", " "): f"{n:,}" for name, n in truths["counts"].items()}
    counted.pop("snap points")  # the seed decides it
    assert told == counted
    for spot in truths["spots"]:
        told_row = "| {key} | {role} | {from_month} | {to_month} | {events:,} | ".format(**spot)
        assert told_row in readme
