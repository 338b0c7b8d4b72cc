"""Residents of an age band: from the bands that are loaded, else from everybody, and it is said."""

import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chb.services.harm.residents import Band, bands_in, residents_in, shares_of_bands
from chb.services.loading.importing import (
    import_boundaries,
    import_deprivation,
    import_population,
)
from geo.cells import cover
from tests.sources.makers import feature, geojson, square

WEST, SOUTH = -1.50, 53.36
TOWN = cover(shapely.from_geojson(json.dumps(square(WEST, SOUTH, 0.02))), 9)
WIDE = cover(shapely.from_geojson(json.dumps(square(WEST - 0.03, SOUTH - 0.03, 0.08))), 9)


def populated(ws, folder, table):
    """Two LSOAs side by side, with this table of people."""
    zones = geojson(
        feature(square(WEST, SOUTH, 0.02), LSOA21CD="E01000001", LSOA21NM="Marram 1A"),
        feature(square(WEST + 0.02, SOUTH, 0.02), LSOA21CD="E01000002", LSOA21NM="Marram 1B"),
    )
    path = folder / "lsoa.geojson"
    path.write_text(json.dumps(zones))
    import_boundaries(ws, path, layer="lsoa")
    people = folder / "people.csv"
    people.write_text(table)
    import_population(ws, people)
    return ws


BANDED = (
    "LSOA21CD,total_population,aged_0_17,aged_10_24\nE01000001,1000,180,150\nE01000002,500,90,30\n"
)


def test_people_of_exactly_a_band_are_that_band(ws, tmp_path):
    with populated(ws, tmp_path, BANDED).reading() as tx:
        found = residents_in(tx, WIDE, ages=(0, 17))
    assert found.number.sum() == pytest.approx(270)
    assert "ages from aged 0 17" in found.choices and found.caveats == ()


def test_other_ages_are_taken_by_year_from_the_narrowest_band(ws, tmp_path):
    with populated(ws, tmp_path, BANDED).reading() as tx:
        found = residents_in(tx, WIDE, ages=(8, 14))
    # Eight and nine are in the wider band only: 2/18 of 270; ten to fourteen 5/15 of 180.
    assert found.number.sum() == pytest.approx(30 + 60)
    assert any("33% of aged 10 24, spread evenly by year" in said for said in found.choices)


def test_without_a_band_for_the_ages_everybody_counts_and_it_is_said(ws, tmp_path):
    with populated(ws, tmp_path, BANDED).reading() as tx:
        older, everybody = residents_in(tx, WIDE, ages=(60, 70)), residents_in(tx, WIDE)
    assert older.number.sum() == everybody.number.sum() == pytest.approx(1500)
    assert any("no bands for the ages 60 to 70" in said for said in older.caveats)
    assert everybody.caveats == ()


def test_without_population_nobody_is_counted_and_it_is_said(ws):
    with ws.reading() as tx:
        found = residents_in(tx, TOWN, with_deprivation=True)
    assert found.number is None and found.deprivation is None
    assert [said.split(":")[0] for said in found.caveats] == [
        "No population is loaded here",
        "No scores of deprivation are loaded here",
    ]


def test_deprivation_is_there_only_when_it_is_asked_for(ws, tmp_path):
    populated(ws, tmp_path, BANDED)
    edition = tmp_path / "imd.csv"
    edition.write_text(
        "LSOA code (2021),Index of Multiple Deprivation (IMD) Score,"
        "Index of Multiple Deprivation (IMD) Rank\nE01000001,40,100\nE01000002,10,9000\n"
    )
    import_deprivation(ws, edition)
    with ws.reading() as tx:
        plain, weighed = residents_in(tx, TOWN), residents_in(tx, TOWN, with_deprivation=True)
    assert plain.deprivation is None
    assert np.nanmax(weighed.deprivation) == pytest.approx(40)
    assert (weighed.number == plain.number).all()


def test_bands_are_read_from_the_names_of_columns():
    columns = ["lsoa_code", "aged_65_plus", "aged_0_4", "aged_30_over", "aged_9_5", "population"]
    assert bands_in(columns) == (
        Band("aged_0_4", 0, 4),
        Band("aged_65_plus", 65, 99),
        Band("aged_30_over", 30, 99),
    )


@given(st.lists(st.integers(1, 98), unique=True), st.integers(0, 99), st.integers(0, 99))
def test_bands_that_meet_edge_to_edge_give_every_year_once(cuts, one, other):
    edges = [0, *sorted(cuts), 100]
    bands = tuple(Band(f"aged_{low}_{high - 1}", low, high - 1) for low, high in pairwise(edges))
    ages = (min(one, other), max(one, other))
    shares = shares_of_bands(bands, ages)
    years = sum(shares.get(band.column, 0) * band.years for band in bands)
    assert years == pytest.approx(ages[1] - ages[0] + 1)
    assert all(0 < share <= 1 + 1e-9 for share in shares.values())
