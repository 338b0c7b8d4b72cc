"""Who borders whom, in the one form the loops read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from geo._arrays import Flags, Floats, Ints
from geo._compiled import FLOATS, INT, INTS, NOTHING, OUT_FLOATS, OUT_INTS, compiled
from geo.errors import GeoInputError


@dataclass(frozen=True)
class Neighbours:
    """Each cell's neighbourhood: the cell itself first, then its neighbours, each once.

    The neighbourhood of cell i is ``indices[indptr[i]:indptr[i + 1]]``; `indptr` has shape
    (cells + 1,).
    """

    indptr: Ints
    indices: Ints

    @property
    def n_cells(self) -> int:
        """Number of cells."""
        return self.indptr.size - 1

    @property
    def sizes(self) -> Ints:
        """Number of cells in each neighbourhood, the cell itself included, shape (cells,)."""
        return np.diff(self.indptr)

    def sums(self, values: Floats) -> Floats:
        """Sum of `values` over each neighbourhood, shape (cells,)."""
        out = np.empty(self.n_cells)
        _sum_each(self.indptr, self.indices, values, out)
        return out

    def among(self, keep: Flags) -> Neighbours:
        """Neighbourhoods of the kept cells only, numbered anew in their old order."""
        rows = np.repeat(np.arange(self.n_cells), self.sizes)
        inside = keep[rows] & keep[self.indices]
        sizes = np.bincount(rows[inside], minlength=self.n_cells)[keep]
        number = np.cumsum(keep) - 1
        indptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        return Neighbours(indptr, number[self.indices[inside]])

    def components(self, chosen: Flags) -> Ints:
        """Number from 0 the contiguous groups of chosen cells; -1 for all other cells."""
        rows = np.repeat(np.arange(self.n_cells), self.sizes)
        inside = chosen[rows] & chosen[self.indices]
        links = (np.ones(int(inside.sum()), np.int8), (rows[inside], self.indices[inside]))
        graph = sparse.coo_array(links, shape=(self.n_cells, self.n_cells))
        label = connected_components(graph, directed=False)[1]
        numbers = np.full(self.n_cells, -1, np.int64)
        numbers[chosen] = np.unique(label[chosen], return_inverse=True)[1]
        return numbers


def as_neighbours(neighbours: Any, n_cells: int) -> Neighbours:
    """Return neighbourhoods with the cell itself added and repeats removed.

    `neighbours` is one of: a Neighbours; a list with one array of positions per cell; a
    mapping from each position to its neighbours' positions; a pair (indptr, indices) in
    compressed row form; a binary matrix, dense or scipy sparse. Raises GeoInputError when it
    does not fit `n_cells`, names a position that does not exist, or is not binary.
    """
    if isinstance(neighbours, Neighbours):
        _require_fit(neighbours.n_cells, n_cells)
        return neighbours
    indptr, indices = _compressed_rows(neighbours, n_cells)
    _require_fit(indptr.size - 1, n_cells)
    if indices.size and not 0 <= indices.min() <= indices.max() < n_cells:
        raise GeoInputError(
            f"The neighbours name positions from {indices.min()} to {indices.max()}, but there"
            f" are {n_cells} cells, numbered from 0. Probably cell names, or positions from"
            " before a filter, were passed."
        )
    clean = np.empty(indices.size + n_cells, np.int64)
    clean_indptr = np.zeros(n_cells + 1, np.int64)
    size = _write_clean(indptr, indices, clean_indptr, clean)
    return Neighbours(clean_indptr, clean[:size])


def _compressed_rows(neighbours: Any, n_cells: int) -> tuple[Ints, Ints]:
    if sparse.issparse(neighbours):
        return _from_matrix(neighbours)
    if isinstance(neighbours, Mapping):
        return _from_lists(neighbours.get(cell, ()) for cell in range(n_cells))
    if isinstance(neighbours, np.ndarray) and neighbours.shape == (n_cells, n_cells):
        return _from_matrix(sparse.csr_array(neighbours))
    if len(neighbours) == 2 and np.size(neighbours[0]) == n_cells + 1:
        return _integers(neighbours[0]), _integers(neighbours[1])
    return _from_lists(neighbours)


def _from_matrix(matrix: Any) -> tuple[Ints, Ints]:
    rows = sparse.csr_array(matrix)
    rows.eliminate_zeros()
    if not (rows.data == 1).all():
        raise GeoInputError(
            "The neighbour weights must be 0 or 1, but other values were found. Probably the"
            " matrix is row-standardised or holds distances; pass it before that step."
        )
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int64)


def _from_lists(lists: Iterable[Any]) -> tuple[Ints, Ints]:
    arrays = [_integers(list(one)) for one in lists]
    sizes = [0, *(array.size for array in arrays)]
    return np.cumsum(sizes, dtype=np.int64), np.concatenate([np.empty(0, np.int64), *arrays])


def _integers(values: Any) -> Ints:
    array = np.asarray(values)
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise GeoInputError(
            f"Neighbours must be whole-number positions, but {array.dtype} values were found."
            " Probably cell names or weights were passed instead of positions."
        )
    return np.ascontiguousarray(array, dtype=np.int64)


def _require_fit(found: int, n_cells: int) -> None:
    if found != n_cells:
        raise GeoInputError(
            f"There are {n_cells} cells but neighbours for {found}. Probably one of the two was"
            " filtered and the other was not."
        )


@compiled(INT(INTS, INTS, OUT_INTS, OUT_INTS))
def _write_clean(indptr: Ints, indices: Ints, clean_indptr: Ints, clean: Ints) -> int:
    """Write each neighbourhood with its own cell first and no repeats; return the total size."""
    seen_by = np.full(indptr.size - 1, -1, np.int64)
    size = 0
    for cell in range(indptr.size - 1):
        seen_by[cell] = cell
        clean[size] = cell
        size += 1
        for neighbour in indices[indptr[cell] : indptr[cell + 1]]:
            if seen_by[neighbour] != cell:
                seen_by[neighbour] = cell
                clean[size] = neighbour
                size += 1
        clean_indptr[cell + 1] = size
    return size


@compiled(NOTHING(INTS, INTS, FLOATS, OUT_FLOATS))
def _sum_each(indptr: Ints, indices: Ints, values: Floats, out: Floats) -> None:
    """Write the sum over each neighbourhood."""
    for cell in range(indptr.size - 1):
        total = 0.0
        for position in range(indptr[cell], indptr[cell + 1]):
            total += values[indices[position]]
        out[cell] = total
