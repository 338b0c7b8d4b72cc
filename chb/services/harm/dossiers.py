"""One cell's story: what happened there, when, to whom it is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset
from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.place_names import place_names
from chb.services.harm.profiling import HarmProfile
from chb.services.workspace import Workspace
from geo import frames
from geo.cells import centres
from geo.nearest import within_reach

NEARBY_M: Final = 800.0
"""About ten minutes' walk in a straight line."""


@dataclass(frozen=True)
class AssetNearby:
    """An asset and how far it stands from the cell's centre."""

    asset: Asset
    distance_m: float


@dataclass(frozen=True)
class Story:
    """What happened in some cells."""

    by_category: pd.DataFrame
    """category, count, harm_days; most harm first."""
    by_month: pd.DataFrame
    """month (text), count, harm_days; NaN for a month that is not loaded."""


@dataclass(frozen=True)
class CellDossier:
    """Everything the product knows about one cell in one profile."""

    cell: int
    longitude: float
    latitude: float
    place_name: str
    count: int
    harm_days: float
    density: float
    density_rank: int
    n_cells: int
    by_category: pd.DataFrame
    by_month: pd.DataFrame
    """Both as in ``Story``."""
    imd_score: float
    imd_rank: float
    population: float
    ocg_influence: float
    assets_nearby: tuple[AssetNearby, ...]


@needs(Permission.SEE_HARM_FIGURES)
def cell_dossier(ws: Workspace, cell: int, profile: HarmProfile) -> CellDossier:
    """The dossier of a cell of the profile; Refusal when the cell is not in it."""
    at = _position_of(profile, cell)
    row = profile.frame.iloc[at]
    (longitude,), (latitude,) = centres(np.array([cell], dtype=np.uint64))
    with ws.reading() as tx:
        (name,) = place_names(tx, np.array([longitude]), np.array([latitude]))
        nearby = _assets_near(tx.assets.open(), longitude, latitude)
    story = story_of(profile, [cell])
    density = profile.frame[frames.DENSITY]
    return CellDossier(
        cell=cell,
        longitude=float(longitude),
        latitude=float(latitude),
        place_name=name,
        count=int(row[frames.COUNT]),
        harm_days=float(row[frames.HARM_DAYS]),
        density=float(row[frames.DENSITY]),
        density_rank=int((density > row[frames.DENSITY]).sum()) + 1,
        n_cells=len(profile.frame),
        by_category=story.by_category,
        by_month=story.by_month,
        imd_score=float(row[frames.IMD_SCORE]),
        imd_rank=float(row[frames.IMD_RANK]),
        population=float(row[frames.POPULATION]),
        ocg_influence=float(row[frames.OCG_INFLUENCE]),
        assets_nearby=nearby,
    )


def story_of(profile: HarmProfile, cells: Sequence[int]) -> Story:
    """The incidents of some cells of a profile by category and by month."""
    inside = np.isin(profile.frame[frames.CELL], np.array(cells, dtype=np.uint64))
    rows = profile.incidents[profile.incidents["position"].isin(np.flatnonzero(inside))]
    return Story(
        by_category=_by_category(rows),
        by_month=_by_month(rows, profile.request.period, profile.coverage.present),
    )


def _position_of(profile: HarmProfile, cell: int) -> int:
    found = np.flatnonzero(profile.frame[frames.CELL].to_numpy() == np.uint64(cell))
    if len(found) == 0:
        raise Refusal(
            "That cell is not part of this profile",
            found=f"Cell {cell:x}",
            cause="The click fell outside the area, or the resolution was changed",
            remedy="Click a coloured cell",
        )
    return int(found[0])


def _by_category(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(rows["category"].astype(object))["harm_days"].agg(["size", "sum"])
    table = grouped.reset_index().set_axis(["category", "count", "harm_days"], axis=1)
    return table.sort_values(
        ["harm_days", "count", "category"], ascending=[False, False, True], ignore_index=True
    )


def _by_month(rows: pd.DataFrame, period: Period, present: tuple[Month, ...]) -> pd.DataFrame:
    grouped = rows.groupby("month_ordinal")["harm_days"].agg(["size", "sum"])
    months = list(period)
    table = grouped.reindex([month.ordinal for month in months], fill_value=0).astype(float)
    table.loc[[month.ordinal for month in months if month not in present]] = np.nan
    return pd.DataFrame(
        {
            "month": [str(month) for month in months],
            "count": table["size"].to_numpy(),
            "harm_days": table["sum"].to_numpy(),
        }
    )


def _assets_near(
    assets: tuple[Asset, ...], longitude: float, latitude: float
) -> tuple[AssetNearby, ...]:
    found, distance_m = within_reach(
        [asset.longitude for asset in assets],
        [asset.latitude for asset in assets],
        at=(longitude, latitude),
        reach_m=NEARBY_M,
    )
    return tuple(
        AssetNearby(assets[index], float(away))
        for index, away in zip(found, distance_m, strict=True)
    )
