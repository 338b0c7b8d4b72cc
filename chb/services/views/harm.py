"""Bands of cells for partners and for the community, made from released granules."""

from __future__ import annotations

from typing import Final, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.views.harm import CommunityCell, CommunityHarm, PartnerCell, PartnerHarm, SharedCell
from chb.services.access.rules import needs
from chb.services.harm.study import ProfileRequest
from chb.services.views.access import require_view
from chb.services.views.release import Release, release
from chb.services.workspace import Workspace
from geo.cells import areas_km2
from geo.suppression import quantile_bands

FINEST_FOR_PARTNERS: Final = 9
FINEST_FOR_COMMUNITY: Final = 8

CellT = TypeVar("CellT", bound=SharedCell)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@needs(Permission.SEE_HARM_BANDS)
def partner_harm(ws: Workspace, request: ProfileRequest) -> PartnerHarm:
    """Bands of harm by cell as partner agencies are shown them.

    Of the request, area, period, scheme and resolution count; nothing is smoothed.
    """
    require_view(ws, View.PARTNER)
    return partner_bands(release(ws, request, finest=FINEST_FOR_PARTNERS))


@needs(Permission.SEE_COMMUNITY)
def community_harm(ws: Workspace, request: ProfileRequest) -> CommunityHarm:
    """Bands of harm by coarser cell as any resident may be shown them."""
    require_view(ws, View.COMMUNITY)
    made = release(ws, request, finest=FINEST_FOR_COMMUNITY)
    return CommunityHarm(cells=_cells(CommunityCell, made), **_beside(made))


def partner_bands(made: Release) -> PartnerHarm:
    """The bands of a release."""
    return PartnerHarm(cells=_cells(PartnerCell, made), **_beside(made))


def banded(made: Release, *, quarter: int | None = None) -> tuple[Ints, Ints]:
    """Positions of the cells that are shown, and the band of each; of one quarter or of all."""
    rows = made.granules
    if quarter is not None:
        rows = rows.loc[rows["quarter"] == quarter]
    shown = np.unique(rows["cell"].to_numpy(np.int64))
    return shown, quantile_bands(harm_density(made, rows["cell"].to_numpy(), rows["harm"])[shown])


def harm_density(made: Release, cell: Ints, harm: object) -> Floats:
    """Released harm per square kilometre of each cell, shape (cells,)."""
    total = np.bincount(cell, weights=np.asarray(harm), minlength=len(made.cells))
    density: Floats = total / areas_km2(made.cells)
    return density


class _Beside(TypedDict):
    area: str
    period: str
    resolution: int
    scheme: str
    n_cells: int
    total: str
    caveats: tuple[str, ...]
    suppression: str
    sources: tuple[str, ...]


def _cells(kind: type[CellT], made: Release) -> tuple[CellT, ...]:
    shown, bands = banded(made)
    return tuple(
        kind(int(cell), int(band)) for cell, band in zip(made.cells[shown], bands, strict=True)
    )


def _beside(made: Release) -> _Beside:
    caveats = (
        "Published points are snapped to the middle of at least eight addresses",
        "Bands rank the cells shown on this map; they cannot be compared between maps",
        *((made.scheme.caveat,) if made.scheme.caveat else ()),
        *made.choices,
    )
    return _Beside(
        area=made.area.name,
        period=str(made.period),
        resolution=made.resolution,
        scheme=f"{made.scheme.title} ({made.scheme.edition})",
        n_cells=len(made.cells),
        total=_total(made),
        caveats=caveats,
        suppression=made.suppression,
        sources=made.sources,
    )


def _total(made: Release) -> str:
    incidents = int(made.granules["count"].sum())
    shown = made.granules["cell"].nunique()
    return (
        f"At least {incidents:,} incidents, in {shown:,} of {len(made.cells):,} cells;"
        " those in cells that are not shown are not counted"
    )
