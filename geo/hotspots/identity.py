"""A hotspot keeps its identity from one period to the next when its cells mostly do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo._arrays import Flags, Floats, Ints, require_same_length


@dataclass(frozen=True)
class OverlapRule:
    """When two clusters are the same place.

    `least_overlap` is the shared cells' share of the smaller cluster, so that a place which
    grows or shrinks stays itself.
    """

    least_overlap: float = 0.25


DEFAULT_RULE: Final = OverlapRule()


@dataclass(frozen=True)
class Succession:
    """What became of the clusters of one period in the next.

    `identity` and `is_new` have one entry per later cluster. `split_from` names the earlier
    identity a new cluster broke away from; `merged_into` names the heir of an earlier
    identity that has none of its own; `ended` are those that left no trace.
    """

    identity: Ints
    is_new: Flags
    split_from: dict[int, int]
    merged_into: dict[int, int]
    ended: tuple[int, ...]


def follow(
    earlier: Ints,
    later: Ints,
    *,
    identities: Ints | None = None,
    next_identity: int | None = None,
    rule: OverlapRule = DEFAULT_RULE,
) -> Succession:
    """Match the clusters of two periods, each given as one cluster number per cell (-1: none).

    `identities` names the earlier clusters (by default their numbers); new ones are counted
    on from `next_identity`. Pairs are matched one to one, largest number of shared cells
    first; ties go to the lower numbers.
    """
    require_same_length(earlier=earlier, later=later)
    shared = _shared_cells(earlier, later)
    names = np.arange(shared.shape[0]) if identities is None else identities
    require_same_length(identities=names, clusters=shared)
    pairs = _pairs(shared, _overlap(shared, earlier, later) >= rule.least_overlap)
    heir_of, parent_of = _one_to_one(pairs)
    start = int(names.max(initial=-1)) + 1 if next_identity is None else next_identity
    identity = np.full(shared.shape[1], -1, np.int64)
    for new, old in parent_of.items():
        identity[new] = names[old]
    is_new = identity < 0
    identity[is_new] = start + np.arange(int(is_new.sum()))
    split_from: dict[int, int] = {}
    merged_into: dict[int, int] = {}
    for old, new in pairs:  # the largest overlap comes first and is the one remembered
        if new not in parent_of:
            split_from.setdefault(int(identity[new]), int(names[old]))
        if old not in heir_of:
            merged_into.setdefault(int(names[old]), int(identity[new]))
    ended = (int(name) for old, name in enumerate(names) if old not in heir_of)
    gone = tuple(name for name in ended if name not in merged_into)
    return Succession(identity, is_new, split_from, merged_into, gone)


def _shared_cells(earlier: Ints, later: Ints) -> Ints:
    """Return the number of cells each earlier cluster shares with each later one."""
    shared = np.zeros((earlier.max(initial=-1) + 1, later.max(initial=-1) + 1), np.int64)
    both = (earlier >= 0) & (later >= 0)
    np.add.at(shared, (earlier[both], later[both]), 1)
    return shared


def _overlap(shared: Ints, earlier: Ints, later: Ints) -> Floats:
    """Return the shared cells as a share of the smaller of the two clusters."""
    n_earlier = np.bincount(earlier[earlier >= 0], minlength=shared.shape[0])
    n_later = np.bincount(later[later >= 0], minlength=shared.shape[1])
    return shared / np.maximum(np.minimum.outer(n_earlier, n_later), 1)


def _pairs(shared: Ints, alike: Flags) -> list[tuple[int, int]]:
    """Return the pairs that overlap enough, largest number of shared cells first."""
    old, new = np.nonzero(alike & (shared > 0))
    order = np.lexsort((new, old, -shared[old, new]))
    return list(zip(old[order].tolist(), new[order].tolist(), strict=True))


def _one_to_one(pairs: list[tuple[int, int]]) -> tuple[dict[int, int], dict[int, int]]:
    """Return heirs of earlier clusters and parents of later ones, each used once."""
    heir_of: dict[int, int] = {}
    parent_of: dict[int, int] = {}
    for old, new in pairs:
        if old not in heir_of and new not in parent_of:
            heir_of[old], parent_of[new] = new, old
    return heir_of, parent_of
