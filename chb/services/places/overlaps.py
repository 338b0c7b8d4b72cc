"""Whether a place that is to be started would lie over one that is there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from chb.domain.access.permissions import Permission, may
from chb.services.access.rules import needs
from chb.services.places.edits import resolution_of
from chb.services.places.register import list_places
from chb.services.views.partner_work import partner_places
from chb.services.workspace import Workspace
from geo.cell_levels import parents
from geo.cells import CellArray


@dataclass(frozen=True)
class Overlap:
    """A place, and how many of the cells asked about lie in it."""

    place: str
    n_cells: int


@needs(Permission.START_PLACES)
def overlaps(ws: Workspace, cells: Collection[int]) -> tuple[Overlap, ...]:
    """Open places that the person is shown whose boundary shares cells with these, most first."""
    found = [Overlap(name, n_shared(cells, within)) for name, within in _boundaries(ws)]
    return tuple(
        sorted(
            (each for each in found if each.n_cells), key=lambda each: (-each.n_cells, each.place)
        )
    )


def n_shared(cells: Collection[int], boundary: Collection[int]) -> int:
    """How many of the cells lie in the boundary, told at the coarser of the two resolutions."""
    level = min(resolution_of(frozenset(each)) for each in (cells, boundary))
    return int(np.isin(_parents(cells, level), _parents(boundary, level)).sum())


def _boundaries(ws: Workspace) -> list[tuple[str, Collection[int]]]:
    """Name and cells of each place: in full for officers, for others as it is shared."""
    if may(ws.scope, Permission.SEE_OPERATIONS):
        today = ws.today()
        return [(each.name, each.boundary.cells) for each in list_places(ws) if each.is_open(today)]
    return [(each.title, each.cells) for each in partner_places(ws, with_steps=False)]


def _parents(cells: Collection[int], resolution: int) -> CellArray:
    return parents(np.array(sorted(cells), dtype=np.uint64), resolution)
