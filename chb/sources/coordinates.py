"""Longitude and latitude as people write them, judged row by row.

A row is located, without location (blank, "unknown", 0,0), or refused for one
of a few reasons. When most located rows share a mistake that concerns the whole
file (columns swapped, eastings and northings) the file is refused with the remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.quality import QualityReport
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.sources.account import Account, AnyFrame

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Envelope:
    """A rectangle of degrees WGS84."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: Floats, latitude: Floats) -> Flags:
        return (
            (longitude >= self.west)
            & (longitude <= self.east)
            & (latitude >= self.south)
            & (latitude <= self.north)
        )


# The land's extent and about a tenth of a degree more, for coast, harbours and generalisation.
ENGLAND_AND_WALES: Final = Envelope(-6.6, 49.8, 1.9, 55.95)
GREAT_BRITAIN: Final = Envelope(-8.8, 49.8, 1.9, 61.0)
_GRID_EASTING_MAX_M: Final = 700_000
_GRID_NORTHING_MAX_M: Final = 1_300_000
_GRID_SMALLEST_M: Final = 10_000
"""Of the larger of easting and northing: nothing on land in Great Britain has both below it."""


UNPLACED: Final = "without a location"
BEYOND: Final = "outside England and Wales"


class Location(IntEnum):
    """What a row's pair of coordinates turned out to be."""

    LOCATED = 0
    NONE = 1
    INFINITE = 2
    OUT_OF_RANGE = 3
    SWAPPED = 4
    NATIONAL_GRID = 5
    DECIMAL_COMMA = 6
    NOT_A_NUMBER = 7


_REASONS: Final = {
    Location.INFINITE: ("A coordinate is infinite", "Correct the coordinate, or leave it blank"),
    Location.OUT_OF_RANGE: (
        "A coordinate is out of range: longitude is -180 to 180, latitude -90 to 90",
        "Correct the coordinate, or leave it blank",
    ),
    Location.SWAPPED: (
        "Longitude and latitude look swapped",
        "Swap the two columns and import again",
    ),
    Location.NATIONAL_GRID: (
        "The coordinates look like eastings and northings, not degrees",
        "Convert them from EPSG:27700 to longitude and latitude (EPSG:4326)",
    ),
    Location.DECIMAL_COMMA: (
        "A coordinate is written with a decimal comma",
        "Write it with a decimal point, for example 53.76",
    ),
    Location.NOT_A_NUMBER: (
        "A coordinate is not a number in decimal degrees",
        "Write it as decimal degrees, for example -1.4701",
    ),
}
_OF_THE_WHOLE_FILE: Final = (
    Location.SWAPPED,
    Location.NATIONAL_GRID,
    Location.DECIMAL_COMMA,
    Location.NOT_A_NUMBER,
)


@dataclass(frozen=True)
class Positions:
    """One entry a row: degrees, NaN where there is no location, and what the row is."""

    longitude: Floats
    latitude: Floats
    status: NDArray[np.int8]


def judge(longitude: pd.Series, latitude: pd.Series) -> Positions:
    """Read two columns, of text or of numbers; raises nothing."""
    x, x_fault = _numbers(longitude)
    y, y_fault = _numbers(latitude)
    status = np.where(x_fault > 0, x_fault, y_fault).astype(np.int8)
    readable = status == Location.LOCATED
    status[readable] = _judged(x[readable], y[readable])
    located = status == Location.LOCATED
    return Positions(np.where(located, x, np.nan), np.where(located, y, np.nan), status)


def place_rows(frame: AnyFrame, account: Account, source: str) -> AnyFrame:
    """The frame with ``longitude`` and ``latitude`` as degrees, wrong rows refused.

    Rows without location stay, with NaN. Refusal when more than half of the rows
    that give a location are wrong in a way that concerns the whole file.
    """
    positions = judge(frame["longitude"], frame["latitude"])
    check_file(positions.status, frame, source)
    placed = frame.assign(
        longitude=positions.longitude,
        latitude=positions.latitude,
        coordinates=_as_written(frame, positions.status),
        position_fault=positions.status,
    )
    for fault, (reason, remedy) in _REASONS.items():
        bad = placed["position_fault"] == fault
        placed = account.without(placed, bad, reason, show="coordinates", remedy=remedy)
    return placed.drop(columns=["position_fault", "coordinates"])


def check_file(status: NDArray[np.int8], frame: pd.DataFrame, source: str) -> None:
    """Refusal when most rows that give a location share one mistake."""
    given = int((status != Location.NONE).sum())
    for fault in _OF_THE_WHOLE_FILE:
        flags = status == fault
        if int(flags.sum()) * 2 > given:
            position = int(flags.argmax())
            pair = f"{frame['longitude'].iloc[position]}, {frame['latitude'].iloc[position]}"
            reason, remedy = _REASONS[fault]
            raise Refusal(
                f"{source} cannot be placed on the map. {reason}",
                found=f"{int(flags.sum()):,} of {plural(given, 'row')} with a location; the first,"
                f" row {int(frame.index[position]):,}, has longitude and latitude {pair}",
                remedy=remedy,
            )


def without_location(frame: pd.DataFrame) -> Flags:
    """Rows that have no position."""
    return np.asarray(frame["longitude"].isna())


def outside(
    longitude: Floats, latitude: Floats, area: BaseGeometry | Envelope = ENGLAND_AND_WALES
) -> Flags:
    """Rows with a position that is not in the area; a point on the boundary is in it.

    ``area`` is in degrees WGS84. Each distinct point is tested once: published
    points are few and rows are many.
    """
    located = ~np.isnan(longitude)
    if isinstance(area, Envelope):
        return located & ~area.holds(longitude, latitude)
    codes, points = pd.factorize(longitude[located] + 1j * latitude[located])
    shapely.prepare(area)
    inside = shapely.intersects_xy(area, points.real, points.imag)
    result = np.zeros(len(longitude), dtype=bool)
    result[located] = ~inside[codes]
    return result


def placed_inside(
    frame: pd.DataFrame, columns: Sequence[str], account: Account
) -> tuple[pd.DataFrame, QualityReport]:
    """Rows with a position in England and Wales, and the account that counts the others."""
    unplaced = without_location(frame)
    beyond = outside(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    kept = frame.loc[~unplaced & ~beyond, list(columns)].reset_index(drop=True)
    if kept.empty and len(frame):
        raise Refusal(
            f"No row of {account.source} is a place in England or Wales",
            found=f"{plural(int(unplaced.sum()), 'row')} without a location,"
            f" {int(beyond.sum()):,} outside; the first is row {int(frame.index[0]):,}",
            cause="The coordinates were left blank, or are another country's",
            remedy="Fill in longitude and latitude in decimal degrees",
        )
    account.note(_left_out(frame, unplaced, UNPLACED), _left_out(frame, beyond, BEYOND))
    return kept, account.report(
        kept=len(kept), without_location=int(unplaced.sum()), outside_area=int(beyond.sum())
    )


def left_out_note(n_rows: int, first: str, why: str) -> str:
    """Which rows are counted and not kept, so that none of them is lost from sight."""
    were = "was" if n_rows == 1 else "were"
    return f"{plural(n_rows, 'row')} {why} {were} left out: the first is {first}"


def _left_out(frame: pd.DataFrame, rows: Flags, why: str) -> str:
    lines = frame.index.to_numpy(dtype=np.int64)[rows]
    return left_out_note(len(lines), f"row {lines[0]:,}", why) if len(lines) else ""


def looks_like_grid(x: Floats, y: Floats) -> Flags:
    """Metres of the British National Grid, in either order."""
    largest, smallest = np.maximum(x, y), np.minimum(x, y)
    return (
        (smallest >= 0)
        & (smallest <= _GRID_EASTING_MAX_M)
        & (largest >= _GRID_SMALLEST_M)
        & (largest <= _GRID_NORTHING_MAX_M)
    )


def looks_swapped(x: Floats, y: Floats) -> Flags:
    """Outside Great Britain as given, inside it the other way round."""
    return GREAT_BRITAIN.holds(y, x) & ~GREAT_BRITAIN.holds(x, y)


def _judged(x: Floats, y: Floats) -> NDArray[np.int8]:
    """Status of pairs of numbers; the first rule that holds decides."""
    rules = [
        (np.isnan(x) | np.isnan(y), Location.NONE),
        ((x == 0) & (y == 0), Location.NONE),  # "null island" is how many systems write blank
        (~np.isfinite(x) | ~np.isfinite(y), Location.INFINITE),
        (looks_like_grid(x, y), Location.NATIONAL_GRID),
        ((np.abs(x) > 180) | (np.abs(y) > 90), Location.OUT_OF_RANGE),
        (looks_swapped(x, y), Location.SWAPPED),
    ]
    conditions, statuses = zip(*rules, strict=True)
    return np.select(conditions, [int(status) for status in statuses], 0).astype(np.int8)


def _numbers(column: pd.Series) -> tuple[Floats, NDArray[np.int8]]:
    """The column as numbers, and the fault of each text that is none (0: no fault)."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64), np.zeros(len(column), dtype=np.int8)
    text = column.fillna("").astype(str).str.strip()
    numbers = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64)
    digits = text.str.contains(r"\d").to_numpy(dtype=bool)
    comma = text.str.fullmatch(r"[+-]?\d+,\d+").to_numpy(dtype=bool)
    unread = np.isnan(numbers)
    fault = np.select(
        [unread & comma, unread & digits], [Location.DECIMAL_COMMA, Location.NOT_A_NUMBER], 0
    )
    return numbers, fault.astype(np.int8)


def _as_written(frame: pd.DataFrame, status: NDArray[np.int8]) -> pd.Series:
    """The pairs as they stood, for examples; only refused rows are worth the work."""
    written = pd.Series("", index=frame.index, dtype="str")
    wrong = status > Location.NONE
    pairs = (
        frame.loc[wrong, "longitude"].astype(str) + ", " + frame.loc[wrong, "latitude"].astype(str)
    )
    written[wrong] = pairs
    return written
