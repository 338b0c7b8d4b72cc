"""Small counts withheld from tables, and the others that would give them away.

Primary suppression withholds the counts of 1 to 4 (nought is no secret, and five hide each
other). Where a withheld count could be worked out from its total, complementary
suppression withholds another; where there is no other, the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo._arrays import Flags, Ints, as_floats, require_finite, require_same_length
from geo.errors import GeoInputError
from geo.recovery import Release, is_recoverable, single_counts

LEAST_COUNT: Final = 5
LEAST_ADDRESSES: Final = 8
"""The fewest addresses behind a point of the national open crime data, or none at all."""


@dataclass(frozen=True)
class Suppression:
    """What is withheld of a table: true where a figure may not be shown.

    ``margins`` are the totals of rows and of columns of a table, the totals of groups of a
    list, or nothing; ``total`` is the grand total.
    """

    cells: Flags
    margins: tuple[Flags, ...]
    total: bool


def suppress_small_counts(
    counts: ArrayLike, *, least: int = LEAST_COUNT, group: ArrayLike | None = None
) -> Suppression:
    """What to withhold so that no count of 1 to ``least`` - 1 can be worked out.

    ``counts`` are whole numbers: a table, shape (rows, columns), published with the totals
    of rows and columns and the grand total; or a list, shape (n,), published with its total
    and, where ``group`` gives each count's group, with the total of each (as when cells are
    added up to their parents). A total is a count too. The same counts always give the same.
    """
    table = np.asarray(counts)
    _check(table, group)
    levels = list(_levels(table.shape, group))
    release = Release.of(table.ravel(), np.vstack(levels))
    level = np.repeat(np.arange(len(levels)), [len(each) for each in levels])
    hidden = _suppressed(release, level, least)
    cells, *margins, total = np.split(hidden, np.cumsum([len(each) for each in levels])[:-1])
    return Suppression(cells.reshape(table.shape), tuple(margins), bool(total[0]))


def address_suppressed(addresses: ArrayLike, *, least: int = LEAST_ADDRESSES) -> Flags:
    """True for cells with 1 to ``least`` - 1 addresses, or an unknown number of them.

    A cell without any address is nobody's home; a part of an address counts as one.
    """
    known = as_floats(addresses, "numbers of addresses")
    return np.isnan(known) | ((known > 0) & (known < least))


def quantile_bands(values: ArrayLike, *, n_bands: int = 5) -> Ints:
    """Ordinal bands from 1 to ``n_bands`` of about equal size; equal values share a band.

    A value's band is that of the middle of its ranks. Nothing of the values is kept but
    their order.
    """
    known = as_floats(values, "values")
    require_finite(known, "values")
    order = np.sort(known)
    below = np.searchsorted(order, known, side="left")
    upto = np.searchsorted(order, known, side="right")
    share = (below + upto) / (2 * max(known.size, 1))
    return (1 + np.floor(n_bands * share)).astype(np.int64)


def _check(table: NDArray[np.generic], group: ArrayLike | None) -> None:
    if table.ndim not in (1, 2) or not np.issubdtype(table.dtype, np.integer):
        raise GeoInputError(
            f"Counts are whole numbers in a list or a table, but {table.ndim} dimensions of"
            f" {table.dtype} were found. Probably shares or a weighted sum were passed."
        )
    if group is not None:
        if table.ndim != 1:
            raise GeoInputError("Only a list of counts has groups; a table has rows and columns.")
        require_same_length(counts=table, group=np.asarray(group))


def _levels(shape: tuple[int, ...], group: ArrayLike | None) -> Iterator[Flags]:
    """Sets of counts for the counts themselves, each margin, and the grand total."""
    at = np.indices(shape)
    yield single_counts(int(np.prod(shape)))
    margins = at if len(shape) == 2 else [] if group is None else [np.asarray(group)]
    for labels in margins:
        flat = labels.ravel()
        yield np.unique(flat)[:, None] == flat
    yield np.ones((1, int(np.prod(shape))), np.bool_)


def _suppressed(release: Release, level: Ints, least: int) -> Flags:
    small = (release.values >= 1) & (release.values < least)
    hidden = small.copy()
    # To withhold more never narrows what fits another, so each is looked at once.
    for at in np.flatnonzero(small):
        while is_recoverable(release.hiding(hidden), int(at)):
            hidden[_another(release, level, hidden, int(at))] = True
    return _without_needless(release, small, hidden)


def _another(release: Release, level: Ints, hidden: Flags, at: int) -> int:
    """The next figure to withhold: the smallest beside it in a total where it hides alone.

    Where there is none, the smallest of its kind, then a total it is part of, then any.
    """
    sets, is_open = release.members, ~hidden & (release.values > 0)
    of_kind = (level == level[at]) & (release.values > 0) & ~(sets & sets[at]).any(axis=1)
    totals = np.flatnonzero(is_open & (sets | ~sets[at]).all(axis=1))
    for total in sorted(totals, key=lambda one: int(sets[one].sum())):
        beside = of_kind & (sets[total] | ~sets).all(axis=1)
        if (beside & is_open).any() and not (beside & hidden).any():
            return _smallest(release, beside & is_open)
    part_of = np.isin(np.arange(len(sets)), totals)
    choices = (of_kind & is_open, part_of, is_open)
    return _smallest(release, next(each for each in choices if each.any()))


def _smallest(release: Release, among: Flags) -> int:
    return int(min(np.flatnonzero(among), key=lambda one: int(release.values[one])))


def _without_needless(release: Release, small: Flags, hidden: Flags) -> Flags:
    """What has to be withheld still when the largest figures are shown again, one by one."""
    kept = hidden.copy()
    for at in sorted(np.flatnonzero(hidden & ~small), key=lambda one: -int(release.values[one])):
        kept[at] = False
        tried = release.hiding(kept)
        kept[at] = any(is_recoverable(tried, int(one)) for one in np.flatnonzero(small))
    return kept
