"""Harm at places month by month: only what lies within, nothing where a month is missing."""

import h3
import pytest

from chb.domain.periods import Month
from chb.services.harm.schemes import find_scheme
from chb.services.home.place_harm import SCHEME, PlaceHarm, harm_of_places
from chb.services.places.register import start_place
from tests.services.made_places import Incident, made_place, months

BURGLARY = next(
    weight.weight
    for category, weight in find_scheme(SCHEME).weights.items()
    if category == "Burglary"
)
CELL = h3.str_to_int(h3.latlng_to_cell(53.39, -1.47, 9))
OTHER = h3.str_to_int(h3.latlng_to_cell(53.40, -1.46, 8))
TWO_YEARS = tuple(Month.parse(text) for text in months(1, 24))


def inside(cell, month, n=1):
    latitude, longitude = h3.cell_to_latlng(h3.int_to_str(cell))
    return [Incident(month, longitude, latitude)] * n


@pytest.fixture
def two_places(tmp_path):
    """Two years without November 2024; at the first place harm doubles, at the other it is flat."""
    incidents = []
    for at, month in enumerate(months(1, 24)):
        if month == "2024-11":
            continue
        incidents += inside(CELL, month, n=2 if at >= 12 else 1) + inside(OTHER, month)
        incidents += [Incident(month, -1.45, 53.37)]  # in neither
    ws, _ = made_place(tmp_path, incidents, first="2024-01", last="2025-12")
    for name, cell in (("Fine", CELL), ("Coarse", OTHER)):
        start_place(ws, name=name, cells=[cell], area_name="", reason="x", by="LRO")
    yield ws
    ws.store.close()


def by_name(ws):
    with ws.reading() as tx:
        names = tx.places.names()
    return {names[place_id]: harm for place_id, harm in harm_of_places(ws).items()}


def test_each_place_has_its_own_harm_of_each_month_and_a_gap_where_none_is_loaded(two_places):
    harm = by_name(two_places)["Fine"]
    gap = TWO_YEARS.index(Month(2024, 11))
    assert harm.months == TWO_YEARS
    expected = [BURGLARY] * 12 + [2 * BURGLARY] * 12
    assert harm.harm_days[gap] is None
    assert [each for each in harm.harm_days if each is not None] == pytest.approx(
        expected[:gap] + expected[gap + 1 :]
    )


def test_places_of_two_resolutions_are_counted_side_by_side(two_places):
    harm = by_name(two_places)["Coarse"]
    assert harm.last_year_days == pytest.approx(12 * BURGLARY)


def test_a_year_with_a_gap_is_not_compared(two_places):
    harm = by_name(two_places)["Fine"]
    assert harm.last_year_days == pytest.approx(24 * BURGLARY)
    assert (harm.year_before_days, harm.change_percent) == (None, None)


@pytest.mark.parametrize(
    ("before", "now", "percent"), [(1.0, 2.0, 100), (4.0, 1.0, -75), (0.0, 1.0, None)]
)
def test_the_change_is_in_per_cent_of_the_year_before(before, now, percent):
    harm = PlaceHarm(months=TWO_YEARS, harm_days=(*[before] * 12, *[now] * 12))
    assert harm.change_percent == percent


def test_there_is_none_without_places_or_months(ws):
    assert harm_of_places(ws) == {}


def test_the_sample_shows_where_a_market_was_closed(sample_ws):
    changes = {name: harm.change_percent for name, harm in by_name(sample_ws).items()}
    assert changes["Sandhythe Cross"] < -40
    assert all(change is not None for change in changes.values())
