"""Where need is not met at an hour of the week, and which asset could open to meet most of it.

Officers' need comes from harm, partners' from the bands that they are shown; everything
after that is worked out by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.assets.register import Asset
from chb.domain.refusal import Refusal
from chb.domain.views.gaps import BandGapCell, GapCell, GapsBeside, PartnerGapMap, WorstCell
from chb.services.access.rules import needs
from chb.services.assets import gap_findings
from chb.services.assets.gap_findings import Worked
from chb.services.assets.needs import (
    BandNeeds,
    GapRequest,
    HarmNeeds,
    Needs,
    band_needs,
    harm_needs,
)
from chb.services.assets.reach import check_walking
from chb.services.views.access import require_view
from chb.services.workspace import Workspace

MOST_STEPS: Final = 50

Listed = tuple[Asset, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmGapCell(GapCell):
    """A cell as officers see it."""

    harm: float
    """In the unit of the scheme, over the loaded months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMap(GapsBeside):
    """Unmet need as officers see it."""

    cells: tuple[HarmGapCell, ...]


@needs(Permission.SEE_HARM_FIGURES)
def gap_map(
    ws: Workspace, request: GapRequest, *, known: HarmNeeds | None = None, assets: Listed = None
) -> GapMap:
    """Unmet need by cell, the worst cells and the best extensions; Refusal with the reason.

    ``known`` saves the working out of need when it is that of the same question, and
    ``assets`` the reading of those that are listed.
    """
    _check(request)
    if known is None or known.key != request.need_key:
        known = harm_needs(ws, request)
    worked, worst = _found(ws, request, known, assets)
    return GapMap(
        cells=tuple(
            HarmGapCell(**row, harm=float(harm))
            for row, harm in zip(worked.rows(), known.harm, strict=True)
        ),
        **_beside(request, worked),
        worst=worst,
    )


@needs(Permission.SEE_HARM_BANDS)
def partner_gap_map(
    ws: Workspace, request: GapRequest, *, known: BandNeeds | None = None, assets: Listed = None
) -> PartnerGapMap:
    """Unmet need as partners are shown it: from bands, for the cells that are shared.

    ``known`` and ``assets`` are as for officers.
    """
    require_view(ws, View.PARTNER)
    _check(request)
    if known is None or known.key != request.need_key:
        known = band_needs(ws, request)
    worked, worst = _found(ws, request, known, assets)
    return PartnerGapMap(
        cells=tuple(
            BandGapCell(**row, band=int(band))
            for row, band in zip(worked.rows(), known.band, strict=True)
        ),
        **_beside(request, worked),
        worst=worst,
    )


def _found(
    ws: Workspace, request: GapRequest, known: Needs, assets: Listed
) -> tuple[Worked, tuple[WorstCell, ...]]:
    """What the need comes to, and its worst cells, of one reading of the store."""
    with ws.reading() as tx:
        worked = gap_findings.work(tx, request, known, assets)
        return worked, gap_findings.worst(tx, worked)


def _check(request: GapRequest) -> None:
    check_walking(request.walking_m)
    if not 1 <= request.steps <= MOST_STEPS:
        raise Refusal(
            "The number of extensions to look for is out of range",
            found=f"Found {request.steps}",
            remedy=f"Ask for 1 to {MOST_STEPS}",
        )


def _beside(request: GapRequest, worked: Worked) -> dict[str, Any]:
    ground = worked.ground
    return {
        "area": ground.area,
        "period": ground.period,
        "scheme": ground.scheme,
        "resolution": ground.resolution,
        "ages": (request.youngest, request.oldest),
        "weekday": request.weekday,
        "at": request.at,
        "walking_m": request.walking_m,
        "n_assets": len(worked.assets),
        "n_in_session": int((worked.offers > 0).sum()),
        "need": float(ground.need.sum()),
        "gap": worked.whole_gap,
        "extensions": gap_findings.extensions(request, worked),
        "choices": (*ground.choices, *gap_findings.choices(request)),
        "caveats": (*ground.caveats, *gap_findings.caveats(request, worked.assets)),
        "sources": ground.sources,
    }
