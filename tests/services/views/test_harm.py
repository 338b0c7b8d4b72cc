"""Bands, hotspots and the table of categories, on the sample place and on real data."""

from dataclasses import replace

import numpy as np
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.study import ProfileRequest
from chb.services.views.categories import GROUPS, shared_categories
from chb.services.views.harm import community_harm, partner_harm
from chb.services.views.hotspots import partner_hotspots
from chb.services.views.ledger import FOLDER, Disclosure, DisclosureLedger
from tests.services.views.shared_places import (
    MANY,
    as_partner,
    asked,
    shared_ws,
    town_incidents,
)

YEAR = Period.parse("2025-01", "2025-12")


@pytest.fixture(scope="module")
def sample(sample_ws):
    return as_partner(sample_ws)


@pytest.fixture
def town(tmp_path):
    return as_partner(
        shared_ws(tmp_path / "town", town_incidents(7, withheld_seed=1), population=MANY)
    )


def test_every_fifth_of_the_cells_has_a_band_and_a_word(sample):
    harm = partner_harm(sample, ProfileRequest("Marram", YEAR))
    sizes = np.bincount([each.band for each in harm.cells], minlength=6)[1:]
    assert sizes.sum() == len(harm.cells) and sizes.max() - sizes.min() <= 3
    assert {each.label for each in harm.cells if each.band == 5} == {
        "highest fifth of the cells shown"
    }
    assert harm.n_cells > len(harm.cells)


def test_the_community_sees_coarser_cells_of_the_same_release(sample):
    partner = partner_harm(sample, ProfileRequest("Marram", YEAR, resolution=8))
    community = community_harm(sample, ProfileRequest("Marram", YEAR, resolution=9))
    assert community.resolution == 8
    assert {each.cell for each in community.cells} == {each.cell for each in partner.cells}


def test_hotspots_are_the_cells_of_the_highest_band_and_have_names(sample):
    found = partner_hotspots(sample, ProfileRequest("Marram", YEAR))
    cells = [cell for each in found.hotspots for cell in each.cells]
    assert sorted(cells) == sorted(each.cell for each in found.harm.cells if each.band == 5)
    assert found.hotspots[0].place == "Pierhead"
    assert [each.rank for each in found.hotspots] == list(range(1, len(found.hotspots) + 1))
    assert found.hotspots[0].stability == "in the highest fifth in each of 4 quarters"
    assert found.hotspots[-1].stability == "high over the whole period, in no quarter by itself"


def test_nine_in_ten_real_incidents_are_in_released_granules(sheffield_ws):
    harm = partner_harm(as_partner(sheffield_ws), ProfileRequest("Sheffield", YEAR))
    incidents = int(harm.total.split()[2].replace(",", ""))
    assert incidents > 55_000
    assert len(harm.cells) > 500
    assert "addresses are estimated" in harm.suppression


def test_categories_are_shared_with_small_counts_withheld(town):
    table = shared_categories(town, "csp:E22000001", 2025)
    figures = {row.category: row.incidents for row in table.rows}
    assert set(figures) == set(GROUPS)
    assert figures["Burglary, vehicle crime and theft"] > 50
    assert all(number is None or number == 0 or number >= 5 for number in figures.values())


def test_a_table_is_released_once_and_stays_as_it_was(town):
    first = shared_categories(town, "csp:E22000001", 2025)
    with town.writing() as tx:
        for entry in tx.frames.entries("incidents"):
            if entry.details["month_ordinal"] % 2:
                tx.frames.remove("incidents", entry.name)
    assert shared_categories(town, "csp of Marram", 2025) == first


def test_categories_are_shared_for_partnerships_and_whole_years_only(town):
    with pytest.raises(Refusal, match="partnership areas"):
        shared_categories(town, "ward:E05000001", 2025)
    with pytest.raises(Refusal, match="No incidents are loaded"):
        shared_categories(town, "csp:E22000001", 2024)


def test_a_table_that_overlaps_a_released_one_is_refused(town):
    ledger = DisclosureLedger(town)
    one = Disclosure("csp:A", 2025, "2026-03-04", (("Drugs", 7),), 7, frozenset({1, 2}))
    assert ledger.keep(one) == one
    with pytest.raises(Refusal, match="shares cells"):
        ledger.keep(replace(one, area_key="csp:B", cells=frozenset({2, 3})))
    other_year = replace(one, area_key="csp:B", year=2024)
    assert ledger.keep(other_year) == other_year
    assert ledger.keep(replace(one, total=9)) == one


def test_a_released_table_that_was_damaged_is_a_sentence(town):
    shared_categories(town, "csp:E22000001", 2025)
    (file,) = (town.home / FOLDER).glob("*.json")
    file.write_text("{")
    with pytest.raises(Refusal, match="cannot be read"):
        shared_categories(town, "csp:E22000001", 2025)


def test_a_request_for_finer_cells_is_answered_with_the_same_cells(town):
    assert partner_harm(town, asked(resolution=10)).cells == partner_harm(town, asked()).cells
