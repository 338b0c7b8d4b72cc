"""Conditional permutation of neighbourhood sums, for p-values without a normal distribution.

A cell keeps its own value and its neighbours' values are drawn, without replacement, from all
other cells. Only the cell's value and the size of its neighbourhood shape that distribution,
so cells alike in both share one set of draws: exact, and far fewer draws than cells.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geo._arrays import Floats, Ints
from geo._compiled import FLOATS, INT, NOTHING, OUT_FLOATS, OUT_INTS, compiled, in_threads, record
from geo.hotspots.neighbours import Neighbours


class _Draw(NamedTuple):
    held: int  # the cell that keeps its own value
    n_others: int  # how many other cells are drawn
    seed: int


_DRAW = record([INT, INT, INT], _Draw)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def permutation_p(values: Floats, near: Neighbours, *, permutations: int, seed: int) -> Floats:
    """Return two-sided p-values, shape (cells,): twice the smaller tail, at most 1.

    A tail is (draws at least as extreme + 1) / (permutations + 1). The result depends on
    `seed` but not on the number of processors.
    """
    observed = near.sums(values)
    order = np.lexsort((values, near.sizes))
    differs = (np.diff(values[order]) != 0) | (np.diff(near.sizes[order]) != 0)
    alike = np.split(order, np.flatnonzero(differs) + 1)
    rounding = 1e-9 * np.abs(values).max()  # sums of the same values in another order are ties
    seeds = np.random.SeedSequence(seed).generate_state(len(alike), np.uint64).astype(np.int64)
    p = np.empty(values.size)

    def run(begin: int, end: int) -> None:
        deck, draws = np.arange(values.size), np.empty(permutations)
        for group in range(begin, end):
            cells = alike[group]
            draw = _Draw(cells[0], near.sizes[cells[0]] - 1, seeds[group])
            _write_draws(values, draw, deck, draws)
            p[cells] = _two_sided(np.sort(draws), observed[cells], rounding)

    in_threads(run, len(alike), smallest=16)
    return p


def _two_sided(draws: Floats, observed: Floats, rounding: float) -> Floats:
    at_most = np.searchsorted(draws, observed + rounding, side="right")
    at_least = draws.size - np.searchsorted(draws, observed - rounding, side="left")
    tail = (np.minimum(at_most, at_least) + 1) / (draws.size + 1)
    return np.minimum(2 * tail, 1.0)


@compiled(NOTHING(FLOATS, _DRAW, OUT_INTS, OUT_FLOATS))
def _write_draws(values: Floats, draw: _Draw, deck: Ints, sums: Floats) -> None:
    """Write sums of the held value and of others drawn by a partial Fisher-Yates shuffle.

    The deck is put back in order after every draw. Random numbers are those of splitmix64
    (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
    """
    state = np.uint64(draw.seed)
    swapped = np.empty(draw.n_others, np.int64)
    for repeat in range(sums.size):
        total = values[draw.held]
        for place in range(draw.n_others):
            chosen = place
            while True:
                state += _STEP
                mixed = (state ^ (state >> np.uint64(30))) * _MIX_1
                mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
                fraction = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53
                chosen = place + int(fraction * (deck.size - place))
                if deck[chosen] != draw.held:
                    break
            deck[place], deck[chosen] = deck[chosen], deck[place]
            swapped[place] = chosen
            total += values[deck[place]]
        for place in range(draw.n_others - 1, -1, -1):
            deck[place], deck[swapped[place]] = deck[swapped[place]], deck[place]
        sums[repeat] = total
