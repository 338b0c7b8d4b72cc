"""Checks on planar coordinates that carry no reference system of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import Floats, as_floats, require_finite, require_same_length
from geo.errors import GeoInputError

_METRES_FROM = 10_000.0  # no degree is as large; every British or UTM coordinate in use is


def checked_coordinates(x: ArrayLike, y: ArrayLike, name: str) -> tuple[Floats, Floats]:
    """Return both columns as finite floats of one length, or refuse them."""
    xs, ys = as_floats(x, name), as_floats(y, name)
    require_same_length(x=xs, y=ys)
    require_finite(xs, name)
    require_finite(ys, name)
    return xs, ys


def refuse_degrees(
    events: tuple[Floats, Floats], places: tuple[Floats, Floats], distance_m: float
) -> None:
    """Refuse coordinates that are unmistakably degrees, and degrees mixed with metres.

    Small planar coordinates are legitimate, so it takes all of these: every value a possible
    longitude and latitude, most with decimals, and all events and places together inside a
    square one fiftieth as wide as `distance_m`, at which scale a map in metres is one dot.
    """
    for some, others, found in (
        (events, places, "events are in degrees and the cells in metres"),
        (places, events, "cells are in degrees and the events in metres"),
    ):
        if _may_be_degrees(*some) and _must_be_metres(*others):
            raise GeoInputError(
                f"The coordinates are in two reference systems: the {found}."
                " Probably one of the two was not projected; project both to the same metric one."
            )
    x, y = np.concatenate([events[0], places[0]]), np.concatenate([events[1], places[1]])
    if _may_be_degrees(x, y) and 0 < max(np.ptp(x), np.ptp(y)) < distance_m / 50:
        raise GeoInputError(
            f"These look like degrees, not metres: x from {x.min():.4f} to {x.max():.4f},"
            f" y from {y.min():.4f} to {y.max():.4f}, with a distance of {distance_m:g} m."
            " Project them to a metric reference system first, such as EPSG:27700."
        )


def _may_be_degrees(x: Floats, y: Floats) -> bool:
    if x.size < 2 or max(np.abs(x).max(), np.abs(y).max() * 2) > 180:
        return False
    return bool(np.mean((x % 1 != 0) | (y % 1 != 0)) > 0.5)


def _must_be_metres(x: Floats, y: Floats) -> bool:
    return bool(x.size and max(np.abs(x).min(), np.abs(y).min()) > _METRES_FROM)
