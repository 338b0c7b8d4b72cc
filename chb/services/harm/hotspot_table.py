"""One row a hotspot: its name, its size, what happens there and what is near."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import shapely

from chb.domain.assets.register import Asset
from chb.services.harm.dossiers import NEARBY_M
from chb.services.harm.harm_panel import Floats, HarmPanel, Ints, Measure
from chb.services.harm.place_names import place_names, told_apart
from chb.store.store import Transaction
from geo import frames
from geo.cells import centres
from geo.crs import project

N_CATEGORIES: Final = 3
SUMMED: Final = (
    frames.AREA_KM2,
    frames.COUNT,
    frames.HARM_DAYS,
    frames.POPULATION,
    frames.OCG_INFLUENCE,
    frames.ASSETS,
)


def describe(tx: Transaction, panel: HarmPanel, cells: pd.DataFrame) -> pd.DataFrame:
    """One row a hotspot, in the order of their numbers.

    ``cells`` has a row a cell with the profile's columns and ``hotspot`` (0 for none), ``z``,
    ``persistence`` and ``frequency_desert``.
    """
    number = cells["hotspot"].to_numpy(np.int64) - 1
    inside = cells.loc[number >= 0]
    grouped = inside.groupby("hotspot")
    table = hotspot_names(tx, panel, number)
    summed = grouped[list(SUMMED)].sum(min_count=1).reset_index(drop=True)
    table[list(SUMMED)] = summed
    table["n_cells"] = grouped.size().to_numpy()
    table["share_of_harm"] = table[frames.HARM_DAYS] / cells[frames.HARM_DAYS].sum()
    n_years = max(int(panel.loaded.sum()), 1) / 12
    table["harm_density"] = table[frames.HARM_DAYS] / table[frames.AREA_KM2] / n_years
    table["mean_z"] = grouped["z"].mean().to_numpy()
    table["persistence"] = grouped["persistence"].mean().to_numpy()
    table["main_categories"] = _main_categories(panel, number)
    table["frequency_desert"] = _is_desert(inside, table)
    assets = tx.assets.open()
    table["assets_nearby"] = _assets_nearby(assets, cells, number)
    # Without any asset loaded nobody knows the gap, however many people there are.
    residents = table[frames.POPULATION] if assets else np.nan
    table["asset_gap"] = residents / (1 + table["assets_nearby"])
    table[frames.IMD_SCORE] = _mean_score(inside, n_hotspots=len(table))
    return table


def hotspot_names(tx: Transaction, panel: HarmPanel, number: Ints) -> pd.DataFrame:
    """Columns hotspot (from 1), name, longitude, latitude: of each one's densest cell."""
    peaks = _peaks(panel.density(Measure.HARM), number)
    longitude, latitude = (axis[peaks] for axis in centres(panel.study.cells))
    names = place_names(tx, longitude, latitude)
    named = [name or "Hotspot" for name in names]
    return pd.DataFrame(
        {
            "hotspot": np.arange(1, len(peaks) + 1),
            "name": pd.Series(
                told_apart(named, np.column_stack([longitude, latitude])), dtype="str"
            ),
            frames.LONGITUDE: longitude,
            frames.LATITUDE: latitude,
        }
    )


def _peaks(density: Floats, number: Ints) -> Ints:
    """Position of the densest cell of each hotspot, shape (hotspots,)."""
    order = np.lexsort((-density, number))
    order = order[number[order] >= 0]
    first = np.unique(number[order], return_index=True)[1]
    return np.asarray(order[first], dtype=np.int64)


def _main_categories(panel: HarmPanel, number: Ints) -> list[str]:
    """The categories with most harm in each hotspot, with their share of it."""
    position = panel.events.position
    hotspot = np.where(position >= 0, number[position], -1)
    rows = pd.DataFrame(
        {
            "hotspot": hotspot,
            "category": panel.events.rows["category"].astype(object),
            "harm": panel.events.harm,
        }
    )
    harm = rows[hotspot >= 0].pivot_table(index="hotspot", columns="category", aggfunc="sum")
    return [_most(harm.loc[one]["harm"]) for one in range(number.max(initial=-1) + 1)]


def _most(harm: pd.Series) -> str:
    total = harm.sum()
    most = harm[harm > 0].sort_values(ascending=False, kind="stable").head(N_CATEGORIES)
    return ", ".join(f"{category} {amount / total:.0%}" for category, amount in most.items())


def _is_desert(inside: pd.DataFrame, table: pd.DataFrame) -> list[bool]:
    """Whether half of a hotspot's harm lies in cells with few incidents."""
    rare = inside.loc[inside["frequency_desert"]].groupby("hotspot")[frames.HARM_DAYS].sum()
    harm = rare.reindex(table["hotspot"], fill_value=0.0).to_numpy()
    return [bool(part) for part in harm >= 0.5 * table[frames.HARM_DAYS].to_numpy()]


def _assets_nearby(assets: tuple[Asset, ...], cells: pd.DataFrame, number: Ints) -> Ints:
    """Assets within reach of any cell of each hotspot, inside the area or out."""
    counted = np.zeros(number.max(initial=-1) + 1, np.int64)
    if not assets:
        return counted
    at = project([asset.longitude for asset in assets], [asset.latitude for asset in assets])
    tree = shapely.STRtree([shapely.Point(x, y) for x, y in zip(*at, strict=True)])
    x_m, y_m = project(*centres(cells[frames.CELL].to_numpy()))
    for one in range(counted.size):
        points = np.asarray(shapely.points(x_m[number == one], y_m[number == one]), dtype=object)
        near = tree.query(points, predicate="dwithin", distance=NEARBY_M)[1]
        counted[one] = np.unique(near).size
    return counted


def _mean_score(inside: pd.DataFrame, *, n_hotspots: int) -> Floats:
    """Deprivation score of each hotspot, weighted by residents; NaN where nobody lives."""
    known = inside.dropna(subset=[frames.IMD_SCORE, frames.POPULATION])
    people = known[frames.POPULATION]
    weighed = (known[frames.IMD_SCORE] * people).groupby(known["hotspot"]).sum()
    total = people.groupby(known["hotspot"]).sum()
    mean = (weighed / total.where(total > 0)).reindex(np.arange(1, n_hotspots + 1))
    return mean.to_numpy(dtype=np.float64)
