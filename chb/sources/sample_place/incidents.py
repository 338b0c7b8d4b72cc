"""Two years of incidents: an everyday background and the planted spots."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.domain.harm import CrimeCategory
from chb.domain.periods import Month
from chb.sources.sample_place.areas import Areas
from chb.sources.sample_place.plane import Points
from chb.sources.sample_place.snap_points import RURAL, SnapPoints
from chb.sources.sample_place.spec import SamplePlaceSpec, Spot

Indices = NDArray[np.int64]

CATEGORIES: Final = tuple(category.value for category in CrimeCategory)
RURAL_ACTIVITY: Final = 0.1
NOWHERE: Final = "No Location"
STREET_COLUMNS: Final = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)


@dataclass(frozen=True)
class Draw:
    """Incidents as indices: parallel arrays of snap point, category and month from 0."""

    point: Indices
    category: Indices
    month: Indices


def draw_incidents(spec: SamplePlaceSpec, points: SnapPoints, areas: Areas) -> pd.DataFrame:
    """Every incident in the layout of the national open data, in the order it is published.

    Columns are STREET_COLUMNS, all text; coordinates and LSOA are empty without location.
    """
    rng = spec.rng("incidents")
    draws = [_background(spec, points, rng)]
    draws += [_spot(spot, spec, points, rng) for spot in spec.spots]
    point, category, month = (
        np.concatenate([getattr(draw, part) for draw in draws])
        for part in ("point", "category", "month")
    )
    # Only background rows lose their location: the planted counts stay exact.
    located = np.ones(len(point), dtype=bool)
    unplaced = int(spec.crime["without_location"])
    located[rng.choice(len(draws[0].point), unplaced, replace=False)] = False
    frame = pd.DataFrame(
        {
            "Crime ID": _crime_ids(spec, category),
            "Month": _month_names(spec)[month],
            "Reported by": spec.force,
            "Falls within": spec.force,
            **_whereabouts(spec, points, areas, point, located),
            "Crime type": np.array(CATEGORIES)[category],
            "Last outcome category": _outcomes(spec, category, rng),
            "Context": "",
        },
        columns=list(STREET_COLUMNS),
    )
    order = ["Month", "unplaced", "LSOA code", "Crime type"]
    ordered = frame.assign(unplaced=~located).sort_values(order, kind="stable")
    return ordered[list(STREET_COLUMNS)].reset_index(drop=True)


def _background(spec: SamplePlaceSpec, points: SnapPoints, rng: np.random.Generator) -> Draw:
    """Everyday incidents: busier quarters and, as everywhere, a few streets far above the rest."""
    activity = np.array([quarter.activity for quarter in spec.quarters] + [RURAL_ACTIVITY])
    weights = activity[points.quarter] * rng.lognormal(0.0, 0.75, len(points))
    n_events = int(spec.crime["background_events"])
    point = rng.choice(len(points), n_events, p=weights / weights.sum())
    settings = np.array([quarter.setting for quarter in spec.quarters] + ["residential"])
    setting = settings[points.quarter[point]]
    category = np.empty(n_events, dtype=np.int64)
    for name in np.unique(setting):
        of_setting = setting == name
        category[of_setting] = _categories(spec, str(name), int(of_setting.sum()), rng)
    n_months = int(spec.crime["n_months"])
    return Draw(point, category, _months(spec, category, (1, n_months), rng))


def _spot(spot: Spot, spec: SamplePlaceSpec, points: SnapPoints, rng: np.random.Generator) -> Draw:
    """A planted spot: incidents thin out around its centre within three spreads."""
    distance_m = _distances(points.at_m, spot)
    weights = np.exp(-(distance_m**2) / (2 * spot.spread_m**2))
    weights[distance_m > 3 * spot.spread_m] = 0.0
    point = rng.choice(len(points), spot.events, p=weights / weights.sum())
    category = _categories(spec, spot.mix, spot.events, rng)
    return Draw(point, category, _months(spec, category, (spot.from_month, spot.to_month), rng))


def _distances(at_m: Points, spot: Spot) -> NDArray[np.float64]:
    offsets = at_m - np.asarray(spot.at_m)
    distances: NDArray[np.float64] = np.hypot(offsets[:, 0], offsets[:, 1])
    return distances


def _categories(spec: SamplePlaceSpec, mix: str, n: int, rng: np.random.Generator) -> Indices:
    shares: Mapping[str, float] = spec.crime["mixes"][mix]
    chances = np.array([shares.get(category, 0.0) for category in CATEGORIES])
    return rng.choice(len(CATEGORIES), n, p=chances / chances.sum())


def _months(
    spec: SamplePlaceSpec, category: Indices, span: tuple[int, int], rng: np.random.Generator
) -> Indices:
    """A month from 0 for each incident, by the season of its category."""
    first, last = span
    calendar = (Month.parse(spec.crime["first_month"]).number - 1 + np.arange(first - 1, last)) % 12
    month = np.empty(len(category), dtype=np.int64)
    for index in np.unique(category):
        season = spec.crime["season_of"].get(CATEGORIES[index], "mild")
        chances = np.array(spec.crime["seasons"][season])[calendar]
        of_category = category == index
        drawn = rng.choice(len(calendar), int(of_category.sum()), p=chances / chances.sum())
        month[of_category] = drawn + first - 1
    return month


def _month_names(spec: SamplePlaceSpec) -> NDArray[np.object_]:
    first = Month.parse(spec.crime["first_month"])
    names = [str(first.plus(step)) for step in range(int(spec.crime["n_months"]))]
    return np.array(names, dtype=object)


def _crime_ids(spec: SamplePlaceSpec, category: Indices) -> list[str]:
    """64 hexadecimal digits; none for anti-social behaviour, which is not a crime record."""
    without = CATEGORIES.index(CrimeCategory.ANTI_SOCIAL_BEHAVIOUR)
    return [
        "" if index == without else hashlib.sha256(f"{spec.seed}:{row}".encode()).hexdigest()
        for row, index in enumerate(category)
    ]


def _whereabouts(
    spec: SamplePlaceSpec,
    points: SnapPoints,
    areas: Areas,
    point: Indices,
    located: NDArray[np.bool_],
) -> dict[str, Sequence[str] | NDArray[np.object_]]:
    """The location columns, looked up at the snap point of each incident."""
    lsoas = [areas.lsoas[index] for index in areas.lsoa_at(points.degrees)]
    at_point = {
        "Longitude": [f"{longitude:.6f}" for longitude in points.degrees[:, 0]],
        "Latitude": [f"{latitude:.6f}" for latitude in points.degrees[:, 1]],
        "Location": _location_words(spec, points),
        "LSOA code": [lsoa.code for lsoa in lsoas],
        "LSOA name": [lsoa.name for lsoa in lsoas],
    }
    blank = {"Location": NOWHERE}
    return {
        column: np.where(located, np.array(values, dtype=object)[point], blank.get(column, ""))
        for column, values in at_point.items()
    }


def _location_words(spec: SamplePlaceSpec, points: SnapPoints) -> list[str]:
    """What the publisher would write: the street, or a kind of landmark at some points."""
    rng = spec.rng("location words")
    words = []
    for street, quarter in zip(points.streets, points.quarter, strict=True):
        setting = "residential" if quarter == RURAL else spec.quarters[quarter].setting
        landmarks: Sequence[str] = spec.crime["landmarks"][setting]
        chance, pick = rng.random(), int(rng.integers(len(landmarks)))
        at_landmark = chance < spec.crime["landmark_share"][setting]
        words.append(f"On or near {landmarks[pick] if at_landmark else street}")
    return words


def _outcomes(
    spec: SamplePlaceSpec, category: Indices, rng: np.random.Generator
) -> NDArray[np.object_]:
    shares: Mapping[str, float] = spec.crime["outcomes"]
    chances = np.array(list(shares.values()))
    drawn = rng.choice(
        np.array(list(shares), dtype=object), len(category), p=chances / chances.sum()
    )
    without = CATEGORIES.index(CrimeCategory.ANTI_SOCIAL_BEHAVIOUR)
    blanked: NDArray[np.object_] = np.where(category == without, "", drawn)
    return blanked
