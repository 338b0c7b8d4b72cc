"""The one release of incidents that everything below the restricted view is made from.

What is kept from a reader are counts of 1 to 4 incidents in a cell of resolution 9 and a
calendar quarter (a *granule*), and cells with 1 to 7 addresses. The policy:

1. A granule is released when it has at least five incidents and its cell no fewer than
   eight addresses, or none. Any other counts as nothing, wherever it would be added up. Where
   nothing is loaded to estimate addresses by, cells are shown one resolution coarser instead.
2. Everything that is shown is worked out from released granules: longer periods, coarser
   cells, other areas, other schemes, bands, hotspots, totals, and the community's view.

Why differencing gives nothing away, whatever is asked and however often: outputs are
functions of the released granules, and of which months are loaded, only. Two sets of
incidents that differ in withheld granules alone give the same outputs, bit by bit, so no sum
or difference of outputs can depend on a withheld count, except in that it is withheld, which
says "fewer than five, or too few addresses". It needs no memory of who asked for what, and
holds for partners who compare notes. Granules are neither nested nor overlapping, and a
granule's count is of its whole cell, whichever area is asked for.

The price is that totals are of released granules ("at least"). With quarters that is little:
in the year 2025 nine incidents in ten of South Yorkshire are in released granules; months
would keep seven. Categories are shown by one table a year: see ``categories``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.access.permissions import Permission
from chb.domain.harm import HarmScheme
from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.areas import Area, find_area
from chb.services.harm.incidents import coverage, harm_of, load_incidents, within_bounds
from chb.services.harm.schemes import find_scheme
from chb.services.harm.study import ProfileRequest, attributions, refusing
from chb.services.views.addresses import Estimates, estimates
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cell_levels import children
from geo.cells import CellArray, cover, polygons
from geo.counting import locate, position_in
from geo.suppression import LEAST_ADDRESSES, LEAST_COUNT, address_suppressed

GRANULE_RESOLUTION: Final = 9
MONTHS_OF_GRANULE: Final = 3
COLUMNS: Final = ("category", "longitude", "latitude")

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Release:
    """Released granules of an area, added up to the cells that were asked for.

    ``granules`` has a row a released granule and category: ``cell`` (position in
    ``cells``), ``granule`` (position among the cells of resolution 9), ``quarter`` (position
    in ``quarters``), ``category``, ``count`` and ``harm``. It is what outputs may be made of.
    """

    area: Area
    shape: BaseGeometry
    scheme: HarmScheme
    period: Period
    resolution: int
    cells: CellArray
    fine: CellArray
    quarters: tuple[Month, ...]
    granules: pd.DataFrame
    choices: tuple[str, ...]
    suppression: str
    sources: tuple[str, ...]


@needs(Permission.SEE_COMMUNITY)
def release(ws: Workspace, request: ProfileRequest, *, finest: int) -> Release:
    """The released granules that answer a request; Refusal when there is nothing to share.

    The resolution is no finer than ``finest``, or one coarser where nothing is known of
    addresses, and the period is made of the whole calendar
    quarters inside the one asked for; either is reported in ``choices``.
    """
    refuse_file(request.area)
    area, shape = find_area(ws, request.area)
    scheme = find_scheme(request.scheme)
    period = whole_quarters(request.period)
    with ws.reading() as tx:
        known = estimates(tx)
        resolution = min(request.resolution, _finest(known, finest), GRANULE_RESOLUTION)
        with refusing():
            cells = cover(shape, resolution)
            fine, parent = children(cells, GRANULE_RESOLUTION)
        rows, quarters = _rows(tx, fine, period)
        sources = attributions(tx)
    few = _few(known, fine)
    granules = released(rows.assign(harm=harm_of(rows, scheme)), withheld=few)
    asked = replace(request, period=period, resolution=resolution)
    return Release(
        area=area,
        shape=shape,
        scheme=scheme,
        period=period,
        resolution=resolution,
        cells=cells,
        fine=fine,
        quarters=quarters,
        granules=granules.assign(cell=position_in(cells, parent)[granules["granule"]]),
        choices=_choices(request, asked, quarters),
        suppression=_suppression(known, resolution),
        sources=(scheme.source, *sources),
    )


def released(rows: pd.DataFrame, *, withheld: NDArray[np.bool_]) -> pd.DataFrame:
    """Counts and harm of released granules by category.

    ``rows`` has one row an incident with ``granule``, ``quarter``, ``category`` and
    ``harm``; ``withheld`` says which cells are withheld whatever happens in them.
    """
    size = rows.groupby(["granule", "quarter"], observed=True)["harm"].transform("size")
    kept = rows.loc[(size >= LEAST_COUNT) & ~withheld[rows["granule"].to_numpy()]]
    by_category = kept.groupby(["granule", "quarter", "category"], observed=True)["harm"]
    return pd.DataFrame({"count": by_category.size(), "harm": by_category.sum()}).reset_index()


def whole_quarters(period: Period) -> Period:
    """The whole calendar quarters inside a period; Refusal when it has none."""
    first = -(-period.first.ordinal // MONTHS_OF_GRANULE) * MONTHS_OF_GRANULE
    after = (period.last.ordinal + 1) // MONTHS_OF_GRANULE * MONTHS_OF_GRANULE
    if after <= first:
        raise Refusal(
            "What is shared goes by whole calendar quarters",
            found=f"{period} has none",
            cause="Shorter periods would show single incidents",
            remedy="Ask for January to March, or for a year",
        )
    return Period(Month.from_ordinal(first), Month.from_ordinal(after - 1))


def refuse_file(asked: str) -> None:
    """Refusal for a drawn area: what is shared goes by areas that everybody knows."""
    if asked.lower().endswith((".geojson", ".json")) or Path(asked).exists():
        raise Refusal(
            "Drawn areas are not shared",
            found=f"Found {Path(asked).name!r}",
            remedy="Choose a partnership, district or ward",
        )


def _rows(
    tx: Transaction, fine: CellArray, period: Period
) -> tuple[pd.DataFrame, tuple[Month, ...]]:
    """Incidents of the fine cells with their granule, and the first month of each quarter.

    A quarter of which a month is missing would be counted short, so it is left out.
    """
    near = within_bounds(
        load_incidents(tx, period, columns=COLUMNS),
        shapely.box(*shapely.total_bounds(polygons(fine))),
    )
    granule = locate(
        fine, near["longitude"].to_numpy(), near["latitude"].to_numpy(), GRANULE_RESOLUTION
    )
    covered = coverage(tx, near.loc[granule >= 0], period)
    quarter = (near["month_ordinal"].to_numpy() - period.first.ordinal) // MONTHS_OF_GRANULE
    complete = [
        number
        for number in range(period.n_months // MONTHS_OF_GRANULE)
        if all(
            period.first.plus(MONTHS_OF_GRANULE * number + step) in covered.present
            for step in range(MONTHS_OF_GRANULE)
        )
    ]
    if not complete:
        raise Refusal(
            "No whole calendar quarter of this period is loaded",
            found=f"{len(covered.present)} of {period.n_months} months are loaded",
            remedy="Ask for another period, or have the missing months imported",
        )
    kept = (granule >= 0) & np.isin(quarter, complete)
    rows = near.loc[kept].assign(
        granule=granule[kept], quarter=np.searchsorted(complete, quarter[kept])
    )
    first_months = (period.first.plus(MONTHS_OF_GRANULE * number) for number in complete)
    return rows, tuple(first_months)


def _finest(known: Estimates, finest: int) -> int:
    """One coarser where nothing is known of addresses: seven times as many stand in a cell."""
    return finest - 1 if known.lacking else finest


def _few(known: Estimates, fine: CellArray) -> NDArray[np.bool_]:
    """Granules of few addresses, and of a number that is not known where others' is."""
    if known.lacking:
        return np.zeros(len(fine), np.bool_)
    return address_suppressed(known.in_cells(fine))


def _choices(
    request: ProfileRequest, asked: ProfileRequest, quarters: tuple[Month, ...]
) -> tuple[str, ...]:
    said = ["Counts are of whole cells, as recorded by the police, and not smoothed"]
    if asked.resolution != request.resolution:
        said.append(f"Cells are of resolution {asked.resolution}: finer ones are not shared")
    if asked.period != request.period:
        said.append(f"The period is {asked.period}: whole calendar quarters are shared")
    n_asked = asked.period.n_months // MONTHS_OF_GRANULE
    if len(quarters) < n_asked:
        said.append(
            f"{n_asked - len(quarters)} of {n_asked} quarters are left out: months are missing"
        )
    return tuple(said)


def _suppression(known: Estimates, resolution: int) -> str:
    counts = f"Cells with fewer than {LEAST_COUNT} incidents in a quarter count as none"
    if known.lacking:
        return (
            f"{counts}. Few addresses cannot be told, as {known.lacking}: so cells are shown no"
            f" finer than resolution {resolution}."
        )
    return (
        f"{counts}, and so do cells with 1 to {LEAST_ADDRESSES - 1} addresses; addresses are"
        " estimated from households or residents, on the low side."
    )
