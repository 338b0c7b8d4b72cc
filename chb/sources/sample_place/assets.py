"""Community assets with timetables, the clashing evenings among them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from chb.sources.reading import ASSET_COLUMNS
from chb.sources.sample_place.plane import LocalPlane
from chb.sources.sample_place.snap_points import SnapPoints
from chb.sources.sample_place.spec import SamplePlaceSpec

FIRST_VERIFIED: Final = np.datetime64("2024-03-01")
DAYS_OF_VERIFYING: Final = 640
NEVER_VERIFIED_SHARE: Final = 0.12

Row = dict[str, Any]
Session = Mapping[str, Any]


def draw_assets(spec: SamplePlaceSpec, points: SnapPoints, plane: LocalPlane) -> pd.DataFrame:
    """Assets in the product's template: ASSET_COLUMNS and whether they accept referrals.

    All text but the position.
    """
    rng = spec.rng("assets")
    rows = [_listed(seed, spec, points, rng) for seed in spec.assets["assets"]]
    rows += _clashing(spec, points)
    for number, row in enumerate(rows, start=1):
        kind = spec.assets["kinds"][row["kind"]]
        row |= {"source_id": f"MARRAM-{number:03d}", "contact_role": kind["contact_role"]}
        row |= {"accepts_referrals": kind.get("accepts_referrals", "")}
        row |= {"verified_on": _verified_on(rng), "note": "Invented for the sample place"}
        longitude, latitude = np.round(plane.degrees(np.asarray(row.pop("at_m"))), 6).tolist()
        row |= {"longitude": longitude, "latitude": latitude}
        row["sessions"] = json.dumps(row["sessions"])
    return pd.DataFrame(rows, columns=[*ASSET_COLUMNS, "accepts_referrals"])


def _listed(
    seed: Mapping[str, str], spec: SamplePlaceSpec, points: SnapPoints, rng: np.random.Generator
) -> Row:
    """An asset at some snap point of its quarter, with the timetable of its kind."""
    names = [quarter.name for quarter in spec.quarters]
    quarter = names.index(seed["quarter"])
    point = int(rng.choice(np.flatnonzero(points.quarter == quarter)))
    at_m = points.at_m[point]
    sessions: Sequence[Session] = spec.assets["kinds"][seed["kind"]]["sessions"]
    clash = spec.assets["clash"]
    if np.hypot(*(at_m - clash["at_m"])) <= clash["quiet_radius_m"]:
        sessions = [session for session in sessions if not _breaks_quiet(session, clash)]
    address = f"{rng.integers(1, 120)} {points.streets[point]}, {seed['quarter']}"
    return {
        "name": seed["name"],
        "kind": seed["kind"],
        "at_m": at_m,
        "address": address,
        "postcode": f"ZZ{quarter + 1} {rng.integers(1, 10)}AB",
        "sessions": list(sessions),
    }


def _breaks_quiet(session: Session, clash: Mapping[str, Any]) -> bool:
    """Whether the session would give the planted age band something to do of an evening."""
    begins, ends = clash["evening"]
    youngest = 0 if session["youngest"] is None else session["youngest"]
    oldest = 200 if session["oldest"] is None else session["oldest"]
    serves = youngest <= clash["oldest"] and clash["youngest"] <= oldest
    return bool(serves and session["start"] < ends and begins < session["end"])


def _clashing(spec: SamplePlaceSpec, points: SnapPoints) -> list[Row]:
    """The planted assets: all of them open at the same hours of the same evenings only."""
    clash = spec.assets["clash"]
    rows = []
    for seed in clash["assets"]:
        offsets = points.at_m - np.asarray(seed["at_m"])
        nearest = int(np.argmin((offsets**2).sum(axis=1)))
        shared = {key: clash[key] for key in ("start", "end", "youngest", "oldest")}
        sessions = [
            {"weekday": day, "activity": seed["activity"], "term_time_only": False, **shared}
            for day in clash["weekdays"]
        ]
        row = {"name": seed["name"], "kind": seed["kind"], "at_m": seed["at_m"]}
        address = f"{points.streets[nearest]}, The Saltings"
        rows.append({**row, "address": address, "postcode": "ZZ5 1AB", "sessions": sessions})
    return rows


def _verified_on(rng: np.random.Generator) -> str:
    """An ISO date, some of them stale; empty where nobody has looked yet."""
    never, days = rng.random() < NEVER_VERIFIED_SHARE, int(rng.integers(DAYS_OF_VERIFYING))
    return "" if never else str(FIRST_VERIFIED + np.timedelta64(days, "D"))
