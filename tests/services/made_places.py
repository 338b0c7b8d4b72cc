"""Small places made for one test: a square of a town and incidents where the test wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chb.domain.periods import Period
from chb.services.harm.profiling import ProfileRequest
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import Workspace, open_workspace
from tests.conftest import fixed_clock
from tests.sources.makers import feature, geojson, square, street_csv, street_row

WEST, SOUTH, SIZE = -1.50, 53.36, 0.06
"""A square of about 4 by 6.7 km."""


@dataclass(frozen=True)
class Incident:
    month: str
    longitude: float
    latitude: float
    category: str = "Burglary"


def made_place(
    folder: Path, incidents: Iterable[Incident], *, first: str, last: str, **changes: object
) -> tuple[Workspace, ProfileRequest]:
    """A workspace that holds these incidents, and the profile of the square they are in."""
    area = folder / "square.geojson"
    area.write_text(json.dumps(geojson(feature(square(WEST, SOUTH, SIZE)))))
    rows = [
        street_row(
            Month=one.month,
            Longitude=f"{one.longitude:.6f}",
            Latitude=f"{one.latitude:.6f}",
            Crime_type=one.category,
        )
        for one in incidents
    ]
    file = folder / "south-yorkshire-street.csv"
    file.write_bytes(street_csv(*rows))
    ws = open_workspace(folder / "home", clock=fixed_clock)
    import_incidents(ws, file)
    return ws, ProfileRequest(str(area), Period.parse(first, last), **changes)


def months(first: int, n: int) -> list[str]:
    """``n`` months as text, the first counted from January 2024."""
    return [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(first - 1, first - 1 + n)]


def scattered(month: str, n: int = 40) -> list[Incident]:
    """Incidents on a regular grid over the square, so that nothing stands out."""
    side = 7
    return [
        Incident(
            month,
            WEST + SIZE * (at % side + 0.5) / side,
            SOUTH + SIZE * (at // side % side + 0.5) / side,
        )
        for at in range(n)
    ]
