"""Gi* of the harm of 152,551 cells, against esda with and without its permutations.

Both are handed the neighbourhoods in their own form, esda as a Graph, which it reads an order
of magnitude faster than its older weights.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from geo.cells import CellArray, neighbours
from geo.counting import locate, totals
from geo.crs import unproject
from geo.hotspots.gi_star import GiStar, gi_star
from geo.hotspots.neighbours import as_neighbours
from tests.bench import workload
from tests.bench.rows import Item, Row, agreement, contest
from tests.bench.timing import Contestant
from tests.bench.workload import Floats

TASK: Final = "Gi*, 152,551 cells, first ring"
ESDA_PERMUTATIONS: Final = 999


def _values(cells: CellArray) -> Floats:
    rows = workload.events()
    longitude, latitude = unproject(rows.x_m, rows.y_m)
    position = locate(cells, longitude, latitude, 10)
    return totals(position, rows.harm_days, n_cells=len(cells))


def _ours(cells: CellArray, values: Floats) -> Contestant:
    near = as_neighbours(neighbours(cells), len(cells))
    return Contestant("ours", lambda: gi_star(values, near), threads=1)


def _esda(cells: CellArray, values: Floats, *, permutations: int) -> Contestant:
    g_local = importlib.import_module("esda").G_Local
    threads = 2 if permutations else 1

    def run(some: CellArray, amounts: Floats, graph: Any) -> Any:
        return g_local(
            amounts,
            graph,
            transform="B",
            star=True,
            permutations=permutations,
            keep_simulations=False,
            n_jobs=threads,
            seed=workload.SEED,
        )

    whole, part = _graph(cells), _graph(cells[:2000])
    said = f"{permutations} permutations" if permutations else "no permutations"
    return Contestant(
        f"esda, {said}",
        lambda: run(cells, values, whole),
        threads,
        warm_up=lambda: run(cells[:2000], values[:2000], part),
    )


def _graph(cells: CellArray) -> Any:
    graph = importlib.import_module("libpysal.graph").Graph
    indptr, to_cell = neighbours(cells)
    from_cell = np.repeat(np.arange(len(cells)), np.diff(indptr))
    other = from_cell != to_cell
    return graph.from_arrays(from_cell[other], to_cell[other], np.ones(other.sum()))


def _check(ours: GiStar, theirs: Any) -> str:
    agreement(ours.p, 2 * theirs.p_norm, within=1e-9)
    return f"z and p {agreement(ours.z, theirs.Zs, within=1e-9)}"


def _analytical() -> Iterable[Row]:
    cells = workload.cells()
    values = _values(cells)
    peer = _esda(cells, values, permutations=0)
    yield contest(TASK, _ours(cells, values), peer, check=_check, at_least=5, rounds=7)


def _permuted() -> Iterable[Row]:
    cells = workload.cells()
    values = _values(cells)
    peer = _esda(cells, values, permutations=ESDA_PERMUTATIONS)
    yield contest(TASK, _ours(cells, values), peer, check=_check, at_least=100, rounds=3)


ITEMS: Final = (
    Item(TASK, "esda, no permutations", _analytical),
    Item(TASK, f"esda, {ESDA_PERMUTATIONS} permutations", _permuted),
)
