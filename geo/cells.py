"""H3 cells: covering an area, finding the cell of a point, areas, centres, neighbours.

Cells are ``uint64`` arrays here; ``to_text`` and ``from_text`` are for the edges.
"""

from __future__ import annotations

import h3
import numpy as np
import shapely
from h3ronpy import cells_area_km2, cells_parse, cells_to_string, grid_disk
from h3ronpy.vector import cells_to_coordinates, cells_to_wkb_polygons, coordinates_to_cells
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoInputError

CellArray = NDArray[np.uint64]
FloatArray = NDArray[np.float64]

MOST_CELLS = 1_000_000
COARSEST, FINEST = 5, 12


def check_resolution(resolution: int) -> None:
    """Raise GeoInputError outside the resolutions that make sense for a place."""
    if not COARSEST <= resolution <= FINEST:
        raise GeoInputError(
            f"H3 resolution {resolution} is outside {COARSEST} to {FINEST}. Open police data are "
            "snapped points, so nothing finer than 9 is claimed on them; 8, 9 or 10 is usual."
        )


def expected_cells(area: BaseGeometry, resolution: int) -> int:
    """About how many cells cover the area, computed without making them."""
    centre = area.centroid
    cell = h3.latlng_to_cell(centre.y, centre.x, resolution)
    square_degree_km2 = (111.32**2) * float(np.cos(np.radians(centre.y)))
    return int(area.area * square_degree_km2 / h3.cell_area(cell, unit="km^2")) + 1


def cover(area: BaseGeometry, resolution: int, *, most: int = MOST_CELLS) -> CellArray:
    """Every cell that touches the area, sorted, shape (n,).

    Cover is by overlap: keeping only cells whose centre is inside loses thin
    areas and leaves holes along borders. ``area`` is in degrees WGS84. Raises
    GeoInputError when the area is empty or would take more than ``most`` cells.
    """
    if area.is_empty:
        raise GeoInputError("The area is empty: it has no surface to cover with cells.")
    expected = expected_cells(area, resolution) if 0 <= resolution <= 15 else 0
    if expected > most:
        raise GeoInputError(
            f"Resolution {resolution} would take about {expected:,} cells for this area; at most "
            f"{most:,} are computed. Ask for a coarser resolution or a smaller area."
        )
    check_resolution(resolution)
    shape = h3.geo_to_h3shape(area)
    found = h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap")
    return np.sort(from_text(np.array(found, dtype=object)))


def cell_of(longitude: ArrayLike, latitude: ArrayLike, resolution: int) -> CellArray:
    """The cell of each point, degrees WGS84, shape (n,). Coordinates must be finite degrees."""
    lon = np.asarray(longitude, dtype=np.float64)
    lat = np.asarray(latitude, dtype=np.float64)
    # H3 wraps latitude 91 to the far side of the pole without a word, so it is checked here.
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    if wrong.any():
        first = int(np.argmax(wrong))
        raise GeoInputError(
            f"{int(wrong.sum()):,} points have no cell; the first, at position {first}, is "
            f"({lon[first]}, {lat[first]}). Leave out rows without a location first."
        )
    return np.asarray(coordinates_to_cells(lat, lon, resolution), dtype=np.uint64)


def areas_km2(cells: CellArray) -> FloatArray:
    """True area of each cell in square kilometres (it varies by 10 % over England and Wales)."""
    return np.asarray(cells_area_km2(cells), dtype=np.float64)


def centres(cells: CellArray) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude of each cell's centre, degrees WGS84."""
    table = cells_to_coordinates(cells)
    return (
        np.asarray(table.column("lng"), dtype=np.float64),
        np.asarray(table.column("lat"), dtype=np.float64),
    )


def polygons(cells: CellArray) -> NDArray[np.object_]:
    """Outline of each cell as a shapely polygon in degrees WGS84, shape (n,)."""
    outlines: NDArray[np.object_] = shapely.from_wkb(np.asarray(cells_to_wkb_polygons(cells)))
    return outlines


def spacing_m(cells: CellArray) -> float:
    """Distance between neighbouring centres, in metres, from the mean area of the hexagons."""
    mean_area_m2 = float(areas_km2(cells).mean()) * 1e6
    return float(np.sqrt(2 * mean_area_m2 / np.sqrt(3)))


def neighbours(cells: CellArray, *, rings: int = 1) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Neighbours within ``rings`` steps, the cell itself included, as CSR (indptr, indices).

    ``cells`` must be sorted and unique. Indices refer to positions in ``cells``;
    neighbours outside the array are left out, as a study area ends somewhere.
    """
    width = 1 + 3 * rings * (rings + 1)
    disks = np.asarray(grid_disk(cells, rings, flatten=True), dtype=np.uint64).reshape(-1, width)
    position = np.searchsorted(cells, disks).clip(max=len(cells) - 1)
    present = cells[position] == disks
    indptr = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int64)
    return indptr, position[present].astype(np.int64)


def to_text(cells: CellArray) -> NDArray[np.object_]:
    """Cells as 15-character text, for files and screens."""
    return np.asarray(cells_to_string(cells), dtype=object)


def from_text(cells: ArrayLike) -> CellArray:
    """Cells from text; raises GeoInputError for text that is no H3 cell."""
    texts = np.asarray(cells, dtype=object)
    try:
        return np.asarray(cells_parse(list(texts)), dtype=np.uint64)
    except Exception as fault:
        raise GeoInputError(
            f"Not an H3 cell: {fault}. A cell looks like 89194ad30a7ffff."
        ) from fault
