"""Hotspots for partners: cells of the highest band that touch, from released granules only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.views.harm import BANDS, PartnerHotspot, PartnerHotspots
from chb.services.access.rules import needs
from chb.services.harm.place_names import place_names, told_apart
from chb.services.harm.study import ProfileRequest
from chb.services.views.access import require_view
from chb.services.views.harm import FINEST_FOR_PARTNERS, banded, harm_density, partner_bands
from chb.services.views.release import Release, release
from chb.services.workspace import Workspace
from geo.cells import areas_km2, centres, neighbours
from geo.hotspots.clusters import clusters
from geo.hotspots.neighbours import as_neighbours

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@needs(Permission.SEE_HARM_BANDS)
def partner_hotspots(ws: Workspace, request: ProfileRequest) -> PartnerHotspots:
    """Where the highest fifth of the cells lies, as places, most harm first; no counts.

    They are not the officers' hotspots, whose significance is worked out from every
    incident: these would say something about cells that are withheld.
    """
    require_view(ws, View.PARTNER)
    made = release(ws, request, finest=FINEST_FOR_PARTNERS)
    harm = made.granules["harm"].to_numpy(np.float64)
    density = harm_density(made, made.granules["cell"].to_numpy(), harm)
    number = clusters(
        _highest(made, None),
        as_neighbours(neighbours(made.cells), len(made.cells)),
        rank_by=density * areas_km2(made.cells),
    )
    steadiness = _quarters_hot(made, number)
    n_hotspots = number.max(initial=-1) + 1
    densest = [int(np.argmax(np.where(number == one, density, -1.0))) for one in range(n_hotspots)]
    return PartnerHotspots(
        harm=partner_bands(made),
        hotspots=tuple(
            PartnerHotspot(
                rank=one + 1,
                place=name,
                cells=tuple(int(cell) for cell in made.cells[number == one]),
                area_km2=round(float(areas_km2(made.cells[number == one]).sum()), 2),
                band=len(BANDS),
                stability=_word(int(steadiness[one]), len(made.quarters)),
            )
            for one, name in enumerate(_names(ws, made, densest))
        ),
    )


def _highest(made: Release, quarter: int | None) -> Flags:
    """Whether each cell is in the highest band, of one quarter or of the whole period."""
    shown, bands = banded(made, quarter=quarter)
    found = np.zeros(len(made.cells), np.bool_)
    found[shown[bands == len(BANDS)]] = True
    return found


def _quarters_hot(made: Release, number: Ints) -> Ints:
    """In how many quarters a cell of each hotspot was in the highest band, shape (hotspots,)."""
    counted = np.zeros(number.max(initial=-1) + 1, np.int64)
    for quarter in range(len(made.quarters)):
        hot = number[_highest(made, quarter)]
        counted[np.unique(hot[hot >= 0])] += 1
    return counted


def _word(hot: int, quarters: int) -> str:
    if quarters == 1:
        return "one quarter only: too short to say"
    if hot == 0:
        return "high over the whole period, in no quarter by itself"
    if hot == quarters:
        return f"in the highest fifth in each of {quarters} quarters"
    return f"in the highest fifth in {hot} of {quarters} quarters"


def _names(ws: Workspace, made: Release, densest: list[int]) -> list[str]:
    longitude, latitude = (axis[densest] for axis in centres(made.cells))
    with ws.reading() as tx:
        named = [name or "Hotspot" for name in place_names(tx, longitude, latitude)]
    return told_apart(named, np.column_stack([longitude, latitude]))
