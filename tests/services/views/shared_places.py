"""A made town for tests of what is shared: areas within one another, and incidents by cell."""

import json
from dataclasses import replace
from datetime import date

import h3
import numpy as np
import shapely

from chb.domain.access.roles import Role, View
from chb.domain.periods import Period
from chb.services.harm.study import ProfileRequest
from chb.services.loading.importing import import_boundaries, import_population
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import open_workspace
from geo.cells import cover
from tests.conftest import fixed_clock
from tests.services.made_places import Incident
from tests.sources.makers import feature, geojson, square, street_csv, street_row

MANY = 50_000
"""Residents of the town: enough that no cell of it has few addresses."""
WEST, SOUTH = -1.50, 53.36
TOWN = square(WEST, SOUTH, 0.02)
WARD = square(WEST, SOUTH, 0.012)
ROUND_TOWN = square(WEST - 0.02, SOUTH - 0.02, 0.06)
YEAR = Period.parse("2025-01", "2025-12")
CELLS = [int(cell) for cell in cover(shapely.from_geojson(json.dumps(TOWN)), 9)]


def shared_ws(folder, incidents, *, population=None, counted=ROUND_TOWN):
    """A store with these incidents, a partnership's area, and a ward within it.

    Its residents, if any, live in the area that was ``counted``.
    """
    folder.mkdir(exist_ok=True)
    ws = open_workspace(folder / "home", clock=fixed_clock)
    areas = (("csp", "CSP24", "E22000001", TOWN), ("ward", "WD24", "E05000001", WARD))
    for layer, prefix, code, shape in areas:
        named = {f"{prefix}CD": code, f"{prefix}NM": f"{layer} of Marram"}
        path = folder / f"{layer}.geojson"
        path.write_text(json.dumps(geojson(feature(shape, **named))))
        import_boundaries(ws, path, layer=layer)
    if population is not None:
        _populated(ws, folder, population, counted)
    rows = [
        street_row(
            Month=each.month,
            Longitude=f"{each.longitude:.6f}",
            Latitude=f"{each.latitude:.6f}",
            Crime_type=each.category,
        )
        for each in incidents
    ]
    file = folder / "south-yorkshire-street.csv"
    file.write_bytes(street_csv(*rows))
    import_incidents(ws, file)
    return ws


def _populated(ws, folder, residents, counted):
    """One LSOA with that many residents."""
    zones = geojson(feature(counted, LSOA21CD="E01000001", LSOA21NM="Marram 1A"))
    path = folder / "lsoa.geojson"
    path.write_text(json.dumps(zones))
    import_boundaries(ws, path, layer="lsoa")
    table = folder / "population.csv"
    table.write_text(f"LSOA21CD,total_population\nE01000001,{residents}\n")
    import_population(ws, table)


def in_cell(cell, month, n=1, category="Burglary"):
    """Incidents in the middle of a cell."""
    latitude, longitude = h3.cell_to_latlng(h3.int_to_str(cell))
    return [Incident(month, longitude, latitude, category)] * n


def town_incidents(seed, *, withheld_seed):
    """Incidents of a year in every cell and quarter.

    ``seed`` settles which granules have five or more and what they hold, ``withheld_seed``
    the other granules, which have none to four.
    """
    fixed, loose = np.random.default_rng(seed), np.random.default_rng(withheld_seed)
    kinds = ["Burglary", "Drugs", "Robbery", "Shoplifting"]
    found = []
    for cell in CELLS:
        for quarter in range(4):
            months = [f"2025-{quarter * 3 + step:02d}" for step in (1, 2, 3)]
            is_released = fixed.random() < 0.5 or cell == CELLS[0]
            chosen = fixed if is_released else loose
            n = int(chosen.integers(5, 12)) if is_released else int(chosen.integers(0, 5))
            for number in range(n):
                month = months[number] if number < 3 else str(chosen.choice(months))
                found += in_cell(cell, month, category=str(chosen.choice(kinds)))
    return found


def asked(area="csp:E22000001", period=YEAR, **changes):
    return replace(ProfileRequest(area, period, resolution=9), **changes)


def as_view(ws, view, *roles, agency="Council"):
    """The workspace as somebody of that view sees it."""
    scope = replace(
        ws.scope,
        person="partner@example.org",
        agency=agency,
        view=view,
        roles=frozenset(roles or {Role.PARTNER}),
        ocg_ids=frozenset(),
        indoctrinated_ids=frozenset(),
        on=date(2026, 3, 4),
        holds_whole_store=False,
    )
    return ws.seen_by(scope)


def as_partner(ws, agency="Council"):
    return as_view(ws, View.PARTNER, agency=agency)
