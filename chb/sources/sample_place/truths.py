"""What was planted, with positions and months, so that a result can be marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from chb.domain.periods import Month
from chb.sources.sample_place.partnership import position
from chb.sources.sample_place.plane import LocalPlane
from chb.sources.sample_place.spec import SamplePlaceSpec, Spot


@dataclass(frozen=True)
class Drawn:
    """How much of each thing was drawn."""

    incidents: pd.DataFrame
    assets: pd.DataFrame
    snap_points: int
    wards: int


def list_truths(spec: SamplePlaceSpec, drawn: Drawn, plane: LocalPlane) -> dict[str, Any]:
    """The planted truths in plain values for JSON."""
    rivals = spec.ocgs["rivals"]
    return {
        "seed": spec.seed,
        "counts": _counts(spec, drawn),
        "spots": [_spot(spot, spec, plane) for spot in spec.spots],
        "clash": _clash(spec, drawn.assets, plane),
        "rival_ocgs": rivals,
    }


def _counts(spec: SamplePlaceSpec, drawn: Drawn) -> dict[str, int]:
    return {
        "incidents": len(drawn.incidents),
        "incidents_without_location": int((drawn.incidents["Longitude"] == "").sum()),
        "months": drawn.incidents["Month"].nunique(),
        "categories": drawn.incidents["Crime type"].nunique(),
        "snap_points": drawn.snap_points,
        "lsoas": spec.n_lsoas,
        "wards": drawn.wards,
        "assets": len(drawn.assets),
        "ocgs": len({row["code"] for row in spec.ocgs["locations"]}),
        "ocg_locations": len(spec.ocgs["locations"]),
        "people": len(spec.people),
        "places": len(spec.places),
    }


def _spot(spot: Spot, spec: SamplePlaceSpec, plane: LocalPlane) -> dict[str, Any]:
    first = Month.parse(spec.crime["first_month"])
    return {
        "key": spot.key,
        "role": spot.role,
        "name": spot.name,
        **position(spot.at_m, plane),
        "spread_m": spot.spread_m,
        "from_month": str(first.plus(spot.from_month - 1)),
        "to_month": str(first.plus(spot.to_month - 1)),
        "events": spot.events,
    }


def _clash(spec: SamplePlaceSpec, assets: pd.DataFrame, plane: LocalPlane) -> dict[str, Any]:
    clash = spec.assets["clash"]
    planted = assets["name"].isin([seed["name"] for seed in clash["assets"]])
    told = ("name", "weekdays", "start", "end", "youngest", "oldest", "evening", "quiet_radius_m")
    return {
        **{key: clash[key] for key in told},
        **position(clash["at_m"], plane),
        "asset_ids": assets.loc[planted, "source_id"].tolist(),
    }
