"""Harm month by month at a place, in its ring and in the rest: against an independent count."""

from collections import Counter

import h3
import numpy as np
import pytest
import shapely

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.areas import find_area
from chb.services.harm.incidents import load_incidents
from chb.services.places.boundaries import redraw_place
from chb.services.places.harm_changes import with_index, year_on_year
from chb.services.places.harm_series import RINGS, SeriesRequest, harm_series
from chb.services.places.register import find_place
from chb.services.places.zones import Zone
from geo.cells import centres
from tests.services.place_makers import CELLS, edit, started
from tests.services.places.months import put_month

FAR = (-0.1, 51.5)
YEARS = Period.parse("2024-01", "2025-12")


def inside(cells=tuple(CELLS[:1])):
    """The position of the first of the cells."""
    longitude, latitude = centres(np.array(cells, dtype=np.uint64))
    return float(longitude[0]), float(latitude[0])


def in_ring():
    """A position one step outside the place."""
    around = (h3.str_to_int(near) for near in h3.grid_disk(h3.int_to_str(CELLS[0]), 1))
    return inside([next(cell for cell in around if cell not in CELLS)])


def figures(series, zone, column="count"):
    return series.table.loc[series.table["zone"] == zone.value, column].tolist()


@pytest.fixture(scope="module")
def crossing(sample_ws):
    """The place of the sample from which harm was planted to move next door."""
    place = find_place(sample_ws, "Sandhythe Cross")
    return place, harm_series(sample_ws, SeriesRequest(place.id))


def test_every_incident_of_the_area_is_in_the_zone_that_a_slow_count_finds(sample_ws, crossing):
    place, series = crossing
    _, outline = find_area(sample_ws, place.area_name)
    with sample_ws.reading() as tx:
        rows = load_incidents(tx, YEARS, columns=("longitude", "latitude", "category"))
    known = rows.dropna(subset=["longitude", "latitude"])
    in_area = shapely.contains_xy(outline, known["longitude"], known["latitude"])
    cells = {h3.int_to_str(cell) for cell in place.boundary.cells}
    near = {each for cell in cells for each in h3.grid_disk(cell, RINGS)}
    found = Counter()
    for longitude, latitude, is_in_area in zip(
        known["longitude"], known["latitude"], in_area, strict=True
    ):
        cell = h3.latlng_to_cell(latitude, longitude, 9)
        if cell in cells:
            found[Zone.PLACE] += 1
        elif cell in near:
            found[Zone.RING] += 1
        elif is_in_area:
            found[Zone.REST] += 1
    assert {zone: sum(figures(series, zone)) for zone in Zone} == found


def test_harm_that_moved_next_door_shows_in_the_ring(crossing):
    _, series = crossing
    place, ring, rest = year_on_year(series, "harm_days")
    assert place.change == pytest.approx(-0.58, abs=0.01)
    assert ring.change == pytest.approx(1.46, abs=0.01)
    assert abs(rest.change) < 0.05
    assert {each.n_months for each in (place, ring, rest)} == {12}


def test_the_index_is_a_hundred_on_average_over_the_first_twelve_months(crossing):
    _, series = crossing
    table = with_index(series, "harm_days")
    first = table["month"].isin([str(month) for month in series.months[:12]])
    means = table.loc[first].groupby("zone")["index"].mean()
    assert means.tolist() == pytest.approx([100.0] * 3)


def test_a_month_that_is_not_loaded_is_a_gap_and_not_nought(ws):
    place = started(ws)
    put_month(ws, "2025-05", [inside(), inside(), in_ring(), FAR])
    put_month(ws, "2025-06", [in_ring(), FAR])
    put_month(ws, "2025-08", [inside(), FAR])
    series = harm_series(ws, SeriesRequest(place.id))
    assert figures(series, Zone.PLACE) == pytest.approx([2, 0, np.nan, 1], nan_ok=True)
    assert figures(series, Zone.RING) == pytest.approx([1, 1, np.nan, 0], nan_ok=True)
    assert [str(month) for month in series.missing] == ["2025-07"]
    assert any("2025-07" in caveat for caveat in series.caveats)


def test_without_its_area_a_place_has_no_rest_and_says_so(ws):
    place = started(ws)
    put_month(ws, "2025-05", [inside(), FAR])
    series = harm_series(ws, SeriesRequest(place.id))
    assert series.zones == (Zone.PLACE, Zone.RING)
    assert any("no rest of it" in caveat for caveat in series.caveats)


def test_strays_of_another_force_make_no_month(ws):
    place = started(ws)
    put_month(ws, "2025-05", [inside()] * 3)
    put_month(ws, "2025-06", [inside()], force="B")
    assert figures(harm_series(ws, SeriesRequest(place.id)), Zone.PLACE) == pytest.approx(
        [3, np.nan], nan_ok=True
    )


def test_every_month_is_counted_within_the_boundary_that_is_asked_for(ws):
    place = started(ws)
    put_month(ws, "2025-05", [inside(), inside(CELLS[-1:]), FAR])
    place = redraw_place(ws, place.id, CELLS[:1], edit(place))
    now = harm_series(ws, SeriesRequest(place.id))
    before = harm_series(ws, SeriesRequest(place.id, boundary_version=1))
    assert (figures(now, Zone.PLACE), figures(before, Zone.PLACE)) == ([1.0], [2.0])
    assert any("boundary version 2" in choice for choice in now.choices)
    with pytest.raises(Refusal, match="no boundary version 3"):
        harm_series(ws, SeriesRequest(place.id, boundary_version=3))


def test_too_little_to_compare_is_said_and_nothing_loaded_is_refused(ws):
    place = started(ws)
    with pytest.raises(Refusal, match="No month of incidents is loaded"):
        harm_series(ws, SeriesRequest(place.id))
    for month in ("2024-05", "2025-05"):
        put_month(ws, month, [inside()] * 30)
    change, _ = year_on_year(harm_series(ws, SeriesRequest(place.id)), "count")
    assert (change.n_months, change.change) == (1, None)
    with pytest.raises(Refusal, match="1 to 10 cells wide"):
        harm_series(ws, SeriesRequest(place.id, rings=11))
    with pytest.raises(Refusal, match="No place has the id"):
        harm_series(ws, SeriesRequest("nobody"))
