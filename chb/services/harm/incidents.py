"""Loaded incidents of a period, weighed by a scheme, ready for arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.harm import HarmScheme
from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.store.frames import FrameEntry
from chb.store.store import Transaction

INCIDENTS = "incidents"
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Which months of a period are loaded, by the force that reports most of the area."""

    forces: tuple[str, ...]
    present: tuple[Month, ...]
    missing: tuple[Month, ...]


def incident_entries(tx: Transaction, period: Period | None = None) -> tuple[FrameEntry, ...]:
    """Catalogue entries of incidents, one a force and month."""
    return tuple(
        entry
        for entry in tx.frames.entries(INCIDENTS)
        if period is None or month_of(entry) in period
    )


def month_of(entry: FrameEntry) -> Month:
    """The month an entry holds."""
    return Month.from_ordinal(int(entry.details["month_ordinal"]))


def load_incidents(tx: Transaction, period: Period, *, columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows of the period, all forces, with a ``force`` column; Refusal when no month is loaded."""
    entries = incident_entries(tx, period)
    if not entries:
        raise _nothing_loaded(tx, period)
    frames = [
        tx.frames.read(entry, columns).assign(
            force=str(entry.details["force"]), month_ordinal=month_of(entry).ordinal
        )
        for entry in entries
    ]
    return pd.concat(frames, ignore_index=True)


def within_bounds(frame: pd.DataFrame, area: BaseGeometry) -> pd.DataFrame:
    """Located rows inside the area's bounding box, degrees."""
    west, south, east, north = area.bounds
    lon, lat = frame["longitude"].to_numpy(), frame["latitude"].to_numpy()
    # Comparisons with NaN are false, so rows without a location fall out here.
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return frame.loc[inside].reset_index(drop=True)


def harm_of(frame: pd.DataFrame, scheme: HarmScheme) -> FloatArray:
    """Weight of each row under the scheme, shape (n,)."""
    weights = {category.value: weight.weight for category, weight in scheme.weights.items()}
    weighed: FloatArray = np.asarray(frame["category"].astype(object).map(weights), dtype=float)
    return weighed


def coverage(tx: Transaction, in_area: pd.DataFrame, period: Period) -> Coverage:
    """Months present and missing for the force with most rows in the area.

    Other forces' rows stray over every border, so their calendars say nothing
    about this area.
    """
    forces = in_area["force"].value_counts()
    main = str(forces.index[0]) if len(forces) else ""
    present = {
        month_of(entry)
        for entry in incident_entries(tx, period)
        if not main or entry.details["force"] == main
    }
    return Coverage(
        forces=tuple(str(force) for force in forces.index),
        present=tuple(month for month in period if month in present),
        missing=tuple(month for month in period if month not in present),
    )


def _nothing_loaded(tx: Transaction, period: Period) -> Refusal:
    months = sorted({month_of(entry) for entry in incident_entries(tx)})
    if not months:
        return Refusal(
            "No incidents are loaded",
            remedy="Import some first: python -m chb import incidents PATH, or python -m chb demo",
        )
    return Refusal(
        f"No incidents are loaded for {period}",
        found=f"Loaded months run from {months[0]} to {months[-1]}",
        cause="The period is probably mistyped, or those months were not imported",
        remedy="Ask for a period within the loaded months",
    )
