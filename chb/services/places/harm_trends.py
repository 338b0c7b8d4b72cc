"""How harm at a place moved: a figure that a gate can take as evidence."""

from __future__ import annotations

from typing import Final

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.periods import Period
from chb.domain.places.gates import Figure
from chb.domain.places.places import Place
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.incidents import harm_of, incident_entries, load_incidents, month_of
from chb.services.harm.schemes import find_scheme
from chb.services.places.edits import existing_place
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import cell_of

_COLUMNS: Final = ("longitude", "latitude", "category")


@needs(Permission.SEE_HARM_FIGURES)
def harm_trend(
    ws: Workspace, place_id: str, period: Period, *, scheme: str = "cchi-2026"
) -> Figure:
    """Harm at the place in a period against the same months a year earlier, in per cent.

    Both are counted within the boundary of today. Refusal when a month of either
    is not loaded, or when there was no harm a year earlier: then there is not
    enough to say.
    """
    earlier = Period(period.first.plus(-12), period.last.plus(-12))
    with ws.reading() as tx:
        place = existing_place(tx, place_id)
        _refuse_gaps(tx, period, earlier)
        now, before = (_harm(tx, place, span, scheme) for span in (period, earlier))
    if before == 0:
        raise Refusal(
            "There is not enough to say how harm moved",
            found=f"No harm was recorded at {place.name} in {earlier}",
            remedy="Choose another period, or describe the change in words",
        )
    return Figure(
        name="Harm against the same months a year earlier",
        value=float(100 * (now - before) / before),
        unit="per cent",
        period=str(period),
        source=f"{scheme}; {now:,.0f} days after {before:,.0f}; "
        f"boundary version {place.boundary.version}",
    )


def _harm(tx: Transaction, place: Place, period: Period, scheme: str) -> float:
    rows = load_incidents(tx, period, columns=_COLUMNS)
    rows = rows.loc[rows["longitude"].notna() & rows["latitude"].notna()]
    cells = cell_of(
        rows["longitude"].to_numpy(), rows["latitude"].to_numpy(), place.boundary.resolution
    )
    inside = np.isin(cells, np.array(sorted(place.boundary.cells), dtype=np.uint64))
    return float(np.nansum(harm_of(rows.loc[inside], find_scheme(scheme))))


def _refuse_gaps(tx: Transaction, *periods: Period) -> None:
    loaded = {month_of(entry) for entry in incident_entries(tx)}
    missing = sorted(month for period in periods for month in period if month not in loaded)
    if missing:
        raise Refusal(
            "There is not enough to say how harm moved",
            found=f"Not loaded: {', '.join(map(str, missing[:6]))}"
            f"{f' and {len(missing) - 6} more' if len(missing) > 6 else ''}",
            remedy="Import those months, or choose another period",
        )
