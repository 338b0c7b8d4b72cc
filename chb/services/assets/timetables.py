"""The week of a place: what runs within walking distance of it, for whom, and at what hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.assets.ages import OLDEST_AGE, check_ages
from chb.domain.assets.register import Asset
from chb.domain.places.places import MOST_CELLS
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.assets.reach import (
    WALKING_M,
    ages_of,
    assets_near,
    caveats_of,
    check_walking,
    positions,
    reach_in_words,
    straight_reach_m,
)
from chb.services.assets.weeks import (
    EVENING,
    LEAST_EVENING_MINUTES,
    LONGEST_SESSION_MINUTES,
    Hours,
    Slot,
    Week,
    in_order,
)
from chb.services.harm.study import refusing
from chb.services.places.register import get_place
from chb.services.views.harm import FINEST_FOR_PARTNERS
from chb.services.workspace import Workspace
from geo.cell_levels import parents
from geo.cells import CellArray, from_text
from geo.reach import within


@dataclass(frozen=True)
class WeekRequest:
    """Which place, or which H3 cells, and whom for; kinds and groups left empty mean all."""

    place_id: str = ""
    cells: tuple[int, ...] = ()
    youngest: int = 0
    oldest: int = OLDEST_AGE
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    walking_m: float = WALKING_M
    evening: Hours = EVENING
    in_term: bool = True
    """Whether sessions that run in term time only count."""


@needs(Permission.SEE_COMMUNITY)
def week(ws: Workspace, request: WeekRequest, *, assets: tuple[Asset, ...] | None = None) -> Week:
    """Every session for the ages within reach of the place, with clashes and empty evenings.

    Of a place the cells of resolution 9 count, whoever asks; ``assets`` saves the reading of
    those that are listed. Raises Refusal for a place that is not there, and for ages, hours
    and distances that cannot be.
    """
    _check(request)
    cells = _cells(ws, request)
    with ws.reading() as tx:
        reached, _ = assets_near(tx, cells, request, listed=assets)
    slots = in_order(slot for asset in reached for slot in _slots(asset, request))
    return Week(
        slots=slots,
        ages=(request.youngest, request.oldest),
        near=_near(reached, request.walking_m),
        evening=request.evening,
        n_assets=len(reached),
        choices=_choices(request),
        caveats=_caveats(reached, slots),
    )


def _check(request: WeekRequest) -> None:
    check_ages(request.youngest, request.oldest, what="the question")
    check_walking(request.walking_m)
    if request.evening[1] <= request.evening[0]:
        raise Refusal(
            "An evening ends after it begins",
            found=f"{request.evening[0]:%H:%M} to {request.evening[1]:%H:%M}",
            remedy="Give the earlier hour first",
        )


def _cells(ws: Workspace, request: WeekRequest) -> CellArray:
    """The cells asked about, sorted; a place's are made coarser, as partners see them."""
    if request.place_id:
        boundary = get_place(ws, request.place_id).boundary
        fine = np.array(sorted(boundary.cells), dtype=np.uint64)
        return np.unique(parents(fine, min(boundary.resolution, FINEST_FOR_PARTNERS)))
    if not 0 < len(request.cells) <= MOST_CELLS:
        raise Refusal(
            "A week is that of a place or of some cells",
            found=f"{len(request.cells):,} cells were named",
            remedy=f"Choose a place, or 1 to {MOST_CELLS:,} cells",
        )
    with refusing():
        return np.unique(from_text([f"{cell:x}" for cell in request.cells]))


def _slots(asset: Asset, request: WeekRequest) -> list[Slot]:
    """The asset's sessions that anybody of the ages may come to."""
    return [
        Slot(
            asset_id=asset.id,
            asset_name=asset.name,
            kind=asset.kind,
            index=index,
            session=session,
            ages=ages,
        )
        for index, session in enumerate(asset.sessions)
        if (ages := ages_of(asset, session))[0] <= request.oldest
        and request.youngest <= ages[1]
        and (request.in_term or not session.term_time_only)
    ]


def _near(assets: Sequence[Asset], walking_m: float) -> frozenset[tuple[str, str]]:
    """Pairs of assets with a timetable that are within reach of each other."""
    timed = [asset for asset in assets if asset.sessions]
    first, second = within(positions(timed), reach_m=straight_reach_m(timed, walking_m))
    return frozenset(
        (timed[one].id, timed[other].id)
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
    )


def _choices(request: WeekRequest) -> tuple[str, ...]:
    return (
        reach_in_words(request.walking_m),
        "sessions clash when they overlap in time and ages and their assets are within reach of"
        f" each other; openings of over {LONGEST_SESSION_MINUTES // 60} hours do not clash",
        f"an evening is {request.evening[0]:%H:%M} to {request.evening[1]:%H:%M}, and covered by"
        f" {LEAST_EVENING_MINUTES} minutes or more",
    )


def _caveats(assets: Sequence[Asset], slots: Sequence[Slot]) -> tuple[str, ...]:
    said = caveats_of(assets, (slot.session for slot in slots))
    if any(slot.session.exceptions for slot in slots):
        said += ("The week does not show single days on which a session does not happen",)
    return said
