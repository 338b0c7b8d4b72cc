"""Grids of another resolution, or moved, and how they are read on the asked cells.

H3 cannot be moved, so the grid is shifted by moving the question: a point is looked up where
it would lie if the grid had stayed, and a value is taken at the centre of that cell, moved
back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chb.services.harm.harm_panel import Floats, HarmPanel, Ints
from geo.cells import CellArray, cell_of, centres, cover, spacing_m
from geo.counting import locate
from geo.crs import project, unproject

Shift = tuple[float, float]
"""Shares of the cells' spacing, east and north."""


@dataclass(frozen=True)
class ShiftedGrid:
    """A grid of another resolution or place, and how to read it on the asked cells.

    ``at_x`` and ``at_y`` are its cells' centres. Each sample point has the ``grid_cell`` it
    lies in and the ``asked_cell`` it speaks for.
    """

    spacing_m: float
    at_x: Floats
    at_y: Floats
    grid_cell: Ints
    asked_cell: Ints
    n_asked: int

    def on_asked_cells(self, values: Floats) -> Floats:
        """Mean over each asked cell's sample points; NaN where it has none."""
        sums = np.bincount(self.asked_cell, values[self.grid_cell], minlength=self.n_asked)
        n_points = np.bincount(self.asked_cell, minlength=self.n_asked)
        mean: Floats = np.full(self.n_asked, np.nan)
        return np.divide(sums, n_points, out=mean, where=n_points > 0)


def shifted_grid(panel: HarmPanel, resolution: int, shift: Shift) -> ShiftedGrid:
    """The cells of a resolution, moved by a share of their spacing, over the asked area."""
    points, asked_cell = _samples(panel, resolution)
    x_m, y_m = project(*centres(points))
    spacing = spacing_m(cell_of(*centres(points[:1]), resolution))
    east, north = shift[0] * spacing, shift[1] * spacing
    own = cell_of(*unproject(x_m - east, y_m - north), resolution)
    grid_cells, grid_cell = np.unique(own, return_inverse=True)
    at_x, at_y = project(*centres(grid_cells))
    return ShiftedGrid(
        spacing_m=spacing,
        at_x=at_x + east,
        at_y=at_y + north,
        grid_cell=grid_cell,
        asked_cell=asked_cell,
        n_asked=len(panel.study.cells),
    )


def _samples(panel: HarmPanel, resolution: int) -> tuple[CellArray, Ints]:
    """Cells whose centres sample the area, and the asked cell each one speaks for."""
    asked, request = panel.study.cells, panel.study.request
    if resolution <= request.resolution:
        return asked, np.arange(len(asked))
    finer = cover(panel.study.shape, resolution)
    position = locate(asked, *centres(finer), request.resolution)
    return finer[position >= 0], position[position >= 0]
