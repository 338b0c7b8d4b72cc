"""From statistical zones to cells by the pieces in which they overlap.

Population is extensive: a zone's people are shared among its pieces. A
deprivation score is intensive: a cell's score is the mean over the people in
its pieces. A rank is ordinal and is never averaged; its median person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo._clipping import clipped_areas

_MANY_VERTICES: Final = 200
_ROUNDING: Final = 1e-9

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """Non-empty overlaps of zones and cells: three arrays of the same length."""

    zone: IntArray
    cell: IntArray
    share_of_zone: FloatArray
    """Area of the piece over the area of its zone."""
    share_of_cell: FloatArray
    """Area of the piece over the area of its cell."""
    n_zones: int
    n_cells: int


def cut(zones: NDArray[np.object_], cells: NDArray[np.object_]) -> Pieces:
    """Cut zones by cells. Both are valid polygons in one metric CRS, shapes (n,) and (m,).

    Zones may have any form; cells are convex, as hexagons are.
    """
    cell_area_m2, zone_area_m2 = shapely.area(cells), shapely.area(zones)
    zone, cell = shapely.STRtree(cells).query(zones)
    inside = _inside_detailed(zones, cells, zone, cell)
    area_m2 = np.where(inside, cell_area_m2[cell], 0.0)
    area_m2[~inside] = clipped_areas(zones, cells, zone[~inside], cell[~inside])
    # Pieces of rounding, where a zone and a cell only touch, are not pieces.
    real = area_m2 > _ROUNDING * cell_area_m2[cell]
    zone, cell, area_m2 = zone[real], cell[real], area_m2[real]
    return Pieces(
        zone=zone.astype(np.int64),
        cell=cell.astype(np.int64),
        share_of_zone=area_m2 / zone_area_m2[zone],
        share_of_cell=area_m2 / cell_area_m2[cell],
        n_zones=len(zones),
        n_cells=len(cells),
    )


def spread(pieces: Pieces, amount: FloatArray) -> FloatArray:
    """An extensive amount per zone, shape (n_zones,), shared among cells by area.

    The sum over cells equals the sum over zones times the share of each zone
    that the cells cover: nothing is made, and what lies outside stays outside.
    Zones whose amount is NaN contribute nothing.
    """
    shared = np.nan_to_num(amount)[pieces.zone] * pieces.share_of_zone
    return _sum_by_cell(pieces, shared)


def support(pieces: Pieces) -> FloatArray:
    """Share of each cell's area that any zone covers, 0 to 1."""
    return np.minimum(_sum_by_cell(pieces, pieces.share_of_cell), 1.0)


def n_zones(pieces: Pieces) -> IntArray:
    """How many zones each cell touches."""
    return np.bincount(pieces.cell, minlength=pieces.n_cells).astype(np.int64)


def mean_by_population(pieces: Pieces, value: FloatArray, population: FloatArray) -> FloatArray:
    """An intensive value per cell: its mean over the people in the cell's pieces.

    NaN where nobody with a known value lives: a hexagon without people has no
    deprivation, which is not the same as none.
    """
    people, known = _people(pieces, value, population)
    total = np.bincount(pieces.cell[known], weights=people, minlength=pieces.n_cells)
    amount = people * value[pieces.zone[known]]
    mass = np.bincount(pieces.cell[known], weights=amount, minlength=pieces.n_cells)
    mean: FloatArray = np.full(pieces.n_cells, np.nan)
    return np.divide(mass, total, out=mean, where=total > 0)


def median_person(pieces: Pieces, rank: FloatArray, population: FloatArray) -> FloatArray:
    """The rank of the zone in which a cell's median person lives, NaN where nobody does.

    Ordinal numbers are not averaged; the answer is always the rank of a real zone.
    """
    people, known = _people(pieces, rank, population)
    cell, ranks = pieces.cell[known], rank[pieces.zone[known]]
    order = np.lexsort((ranks, cell))
    cell, ranks, people = cell[order], ranks[order], people[order]
    running = np.cumsum(people)
    total = np.bincount(cell, weights=people, minlength=pieces.n_cells)
    before = np.concatenate([[0.0], np.cumsum(total)[:-1]])
    # The first piece at which half of the cell's people have been passed; the tolerance
    # keeps a tie at exactly one half on the lower rank whatever the rounding of the sums.
    half_passed = running - before[cell] >= total[cell] * (0.5 - 1e-9)
    result = np.full(pieces.n_cells, np.nan)
    cells, first = np.unique(cell[half_passed], return_index=True)
    result[cells] = ranks[half_passed][first]
    return result


def extremes(pieces: Pieces, value: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest zone value within each cell, NaN where no zone has one."""
    known = ~np.isnan(value[pieces.zone])
    lowest = np.full(pieces.n_cells, np.inf)
    highest = np.full(pieces.n_cells, -np.inf)
    np.minimum.at(lowest, pieces.cell[known], value[pieces.zone[known]])
    np.maximum.at(highest, pieces.cell[known], value[pieces.zone[known]])
    none = ~np.isfinite(lowest)
    lowest[none] = highest[none] = np.nan
    return lowest, highest


def _inside_detailed(
    zones: NDArray[np.object_], cells: NDArray[np.object_], zone: IntArray, cell: IntArray
) -> NDArray[np.bool_]:
    """Pairs whose cell lies wholly inside a zone of many vertices.

    Clipping costs every vertex of the zone, so where there are many it pays to ask first.
    """
    detailed = shapely.get_num_coordinates(zones) > _MANY_VERTICES
    asked = detailed[zone]
    inside = np.zeros(len(zone), dtype=np.bool_)
    shapely.prepare(zones[detailed])
    inside[asked] = shapely.contains_properly(zones[zone[asked]], cells[cell[asked]])
    return inside


def _sum_by_cell(pieces: Pieces, amount: FloatArray) -> FloatArray:
    return np.bincount(pieces.cell, weights=amount, minlength=pieces.n_cells).astype(np.float64)


def _people(
    pieces: Pieces, value: FloatArray, population: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """People in each piece whose zone has a value and somebody living in it."""
    people = np.nan_to_num(population)[pieces.zone] * pieces.share_of_zone
    known = ~np.isnan(value[pieces.zone]) & (people > 0)
    return people[known], known
