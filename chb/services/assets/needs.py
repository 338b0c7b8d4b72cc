"""Need by cell: harm where people of the ages live, for officers exactly, for partners in bands.

It is worked out once for an area, a period and ages; which hour is asked about makes no
difference to it, so a screen keeps it while a person turns the hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.assets.ages import OLDEST_AGE, check_ages
from chb.domain.assets.sessions import Weekday
from chb.domain.harm import HarmScheme
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.domain.views.harm import BANDS, PartnerHarm
from chb.services.access.rules import needs
from chb.services.assets.reach import WALKING_M, When
from chb.services.harm.areas import find_area
from chb.services.harm.incidents import coverage, harm_of, load_incidents, within_bounds
from chb.services.harm.residents import Residents, residents_in
from chb.services.harm.schemes import find_scheme
from chb.services.harm.study import (
    ProfileRequest,
    attributions,
    coverage_caveats,
    n_without_location,
    refusing,
)
from chb.services.views.harm import partner_harm
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import CellArray, cover, polygons
from geo.counting import locate, totals

BAND_WEIGHTS: Final = tuple((band - 0.5) / len(BANDS) for band in range(1, len(BANDS) + 1))
"""The middle of each fifth of the ranks, from 0.1 to 0.9: an order, not a measure of harm."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GapRequest:
    """Where, for whom and when; kinds and groups left empty mean all of them."""

    area: str
    period: Period
    scheme: str = "cchi-2026"
    resolution: int = 9
    youngest: int = 0
    oldest: int = OLDEST_AGE
    with_deprivation: bool = False
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    weekday: Weekday = Weekday.THURSDAY
    at: time = time(18)
    in_term: bool = True
    walking_m: float = WALKING_M
    steps: int = 5
    """How many extensions to look for."""

    @property
    def when(self) -> When:
        return When(self.weekday, self.at, self.youngest, self.oldest, self.in_term)

    @property
    def profile(self) -> ProfileRequest:
        """What the harm profile is asked for."""
        return ProfileRequest(self.area, self.period, self.scheme, self.resolution)

    @property
    def need_key(self) -> tuple[object, ...]:
        """What need depends on: requests that agree in it share their need."""
        return (*vars(self.profile).values(), self.youngest, self.oldest, self.with_deprivation)


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Need of each cell, shape (cells,), and what belongs beside it."""

    key: tuple[object, ...]
    area: str
    period: str
    scheme: str
    resolution: int
    cells: CellArray
    need: Floats
    people: Floats | None
    choices: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HarmNeeds(Needs):
    """Need from the harm of each cell."""

    harm: Floats


@dataclass(frozen=True, kw_only=True)
class BandNeeds(Needs):
    """Need from the bands that partners are shown; harm is nowhere in it."""

    band: NDArray[np.int64]


@needs(Permission.SEE_HARM_FIGURES)
def harm_needs(ws: Workspace, request: GapRequest) -> HarmNeeds:
    """Harm of each cell times its residents of the ages; Refusal when it cannot be worked out."""
    check_ages(request.youngest, request.oldest, what="the question")
    area, shape = find_area(ws, request.area)
    scheme = find_scheme(request.scheme)
    with refusing():
        cells = cover(shape, request.resolution)
    with ws.reading() as tx:
        harm, said = _harm_in(tx, cells, request, scheme)
        residents = _residents(tx, cells, request)
        sources = attributions(tx, *residents.sources)
    return HarmNeeds(
        key=request.need_key,
        area=area.name,
        period=str(request.period),
        scheme=f"{scheme.title} ({scheme.edition})",
        resolution=request.resolution,
        cells=cells,
        need=_need(harm, residents),
        people=residents.number,
        choices=(f"need is harm in {scheme.unit}{_times(residents)}", *residents.choices),
        caveats=(*((scheme.caveat,) if scheme.caveat else ()), *said, *residents.caveats),
        sources=(scheme.source, *sources),
        harm=harm,
    )


@needs(Permission.SEE_HARM_BANDS)
def band_needs(ws: Workspace, request: GapRequest) -> BandNeeds:
    """Weight of each shared cell's band times its residents of the ages.

    Everything about harm in it comes from ``partner_harm``. Refusal where no cell is shared.
    """
    check_ages(request.youngest, request.oldest, what="the question")
    shared = partner_harm(ws, request.profile)
    cells, band = _shared_cells(shared)
    with ws.reading() as tx:
        residents = _residents(tx, cells, request)
    need_is = f"the middle of the band of harm, from {BAND_WEIGHTS[0]:g} to {BAND_WEIGHTS[-1]:g}"
    return BandNeeds(
        key=request.need_key,
        area=shared.area,
        period=shared.period,
        scheme=shared.scheme,
        resolution=shared.resolution,
        cells=cells,
        need=_need(np.array(BAND_WEIGHTS)[band - 1], residents),
        people=residents.number,
        choices=(f"need is {need_is}{_times(residents)}", *residents.choices),
        caveats=(
            *shared.caveats,
            shared.suppression,
            "Cells that are not shown count as without need",
            *residents.caveats,
        ),
        sources=tuple(dict.fromkeys((*shared.sources, *residents.sources))),
        band=band,
    )


def _harm_in(
    tx: Transaction, cells: CellArray, request: GapRequest, scheme: HarmScheme
) -> tuple[Floats, tuple[str, ...]]:
    """Harm of whole cells, as in the harm profile, and what to beware of in it."""
    loaded = load_incidents(tx, request.period, columns=("category", "longitude", "latitude"))
    near = within_bounds(loaded, shapely.box(*shapely.total_bounds(polygons(cells))))
    at = locate(
        cells, near["longitude"].to_numpy(), near["latitude"].to_numpy(), request.resolution
    )
    covered = coverage(tx, near.loc[at >= 0], request.period)
    said = coverage_caveats(request.profile, covered, n_without_location(loaded, covered))
    return totals(at, harm_of(near, scheme), n_cells=len(cells)), said


def _shared_cells(shared: PartnerHarm) -> tuple[CellArray, NDArray[np.int64]]:
    """The cells that partners are shown, sorted, and the band of each."""
    if not shared.cells:
        raise Refusal(
            "No cell of this area is shared",
            found=shared.suppression,
            remedy="Ask for a larger area or a longer period",
        )
    ordered = sorted(shared.cells, key=lambda each: each.cell)
    return (
        np.array([each.cell for each in ordered], dtype=np.uint64),
        np.array([each.band for each in ordered], dtype=np.int64),
    )


def _residents(tx: Transaction, cells: CellArray, request: GapRequest) -> Residents:
    return residents_in(
        tx,
        cells,
        ages=(request.youngest, request.oldest),
        with_deprivation=request.with_deprivation,
    )


def _need(harm: Floats, residents: Residents) -> Floats:
    need = harm if residents.number is None else harm * residents.number
    return (
        need if residents.deprivation is None else need * deprivation_factor(residents.deprivation)
    )


def deprivation_factor(score: Floats) -> Floats:
    """From 0.5 for the least to 1.5 for the most deprived cell, by order; 1 where not known."""
    known = ~np.isnan(score)
    order = np.sort(score[known])
    ranks = np.searchsorted(order, score, "left") + np.searchsorted(order, score, "right")
    return np.where(known, 0.5 + ranks / (2 * max(len(order), 1)), 1.0)


def _times(residents: Residents) -> str:
    said = "" if residents.number is None else " times residents of the ages"
    if residents.deprivation is None:
        return said
    return f"{said}, by 0.5 in the least to 1.5 in the most deprived cell, as was asked"
