"""Groups, people and places: what the plan says, put into the product's templates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from chb.sources.reading import OCG_LOCATION_COLUMNS, PEOPLE_COLUMNS
from chb.sources.sample_place.plane import LocalPlane
from chb.sources.sample_place.spec import Position, SamplePlaceSpec


def position(at_m: Position, plane: LocalPlane) -> dict[str, float]:
    """Longitude and latitude of a planned position, rounded as everything is."""
    longitude, latitude = np.round(plane.degrees(np.asarray(at_m)), 6).tolist()
    return {"longitude": longitude, "latitude": latitude}


def list_ocg_locations(spec: SamplePlaceSpec, plane: LocalPlane) -> pd.DataFrame:
    """Locations of the invented groups; columns are OCG_LOCATION_COLUMNS."""
    common = {"source": spec.ocgs["source"], "handling": spec.ocgs["handling"]}
    rows = [row | position(row["at_m"], plane) | common for row in spec.ocgs["locations"]]
    return pd.DataFrame(rows, columns=list(OCG_LOCATION_COLUMNS)).fillna("")


def list_people(spec: SamplePlaceSpec) -> pd.DataFrame:
    """Posts of the partnership; columns are PEOPLE_COLUMNS."""
    return pd.DataFrame(list(spec.people), columns=list(PEOPLE_COLUMNS))


def list_places(spec: SamplePlaceSpec, plane: LocalPlane) -> dict[str, Any]:
    """The places with their centres in degrees; the caller makes cells of them."""
    places = [
        {
            "name": place["name"],
            "area_name": spec.name,
            "centre": position(place["at_m"], plane),
            "radius_m": place["radius_m"],
            "history": place["history"],
        }
        for place in spec.places
    ]
    return {"places": places}
