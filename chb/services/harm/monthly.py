"""The harm map month by month: the same cells, bandwidth and scheme, one month at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month
from chb.domain.provenance import Provenance
from chb.services.access.rules import needs
from chb.services.harm.incidents import coverage, load_incidents
from chb.services.harm.study import (
    Events,
    ProfileRequest,
    Study,
    attributions,
    coverage_caveats,
    events_near,
    n_without_location,
    open_study,
    provenance_of,
    refusing,
)
from chb.services.workspace import Workspace
from geo import frames
from geo.cells import CellArray, centres
from geo.change.panel import panel
from geo.crs import project
from geo.density import kernel_densities

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class MonthlyHarm:
    """Panels of shape (cells, months) over the months that are loaded, in order.

    ``density`` is harm per square kilometre and year at each month's own rate, so that a
    month and a year are measured alike; ``count`` is incidents.
    """

    request: ProfileRequest
    cells: CellArray
    months: tuple[Month, ...]
    density: Floats
    count: Floats
    provenance: Provenance

    def frame(self, month: Month) -> pd.DataFrame:
        """One month in the columns of a profile; KeyError for a month that is not loaded."""
        if month not in self.months:
            raise KeyError(str(month))
        at = self.months.index(month)
        return pd.DataFrame(
            {
                frames.CELL: self.cells,
                frames.DENSITY: self.density[:, at],
                frames.COUNT: self.count[:, at],
            }
        )

    def every(self, column: str) -> Floats:
        """The values of a column in every month, for classes that hold over all of them."""
        return {frames.DENSITY: self.density, frames.COUNT: self.count}[column].ravel()


@needs(Permission.SEE_HARM_FIGURES)
def monthly_harm(ws: Workspace, request: ProfileRequest) -> MonthlyHarm:
    """Draw the map of each loaded month; raises Refusal as ``build_profile`` does."""
    study = open_study(ws, request)
    with ws.reading() as tx:
        loaded = load_incidents(tx, request.period, columns=("category", "longitude", "latitude"))
        events = events_near(loaded, study, reach_m=request.bandwidth_m)
        covered = coverage(tx, events.rows.loc[events.position >= 0], request.period)
        sources = attributions(tx)
    # Incidents of months that the area's own force has not published are strays of another.
    ordinals = np.array([month.ordinal for month in covered.present], dtype=np.int64)
    own = np.isin(events.rows["month_ordinal"].to_numpy(np.int64), ordinals)
    kept = Events(events.rows.loc[own], events.harm[own], events.position[own])
    month = np.searchsorted(ordinals, kept.rows["month_ordinal"].to_numpy(np.int64))
    with refusing():
        return MonthlyHarm(
            request=request,
            cells=study.cells,
            months=covered.present,
            density=_densities(study, kept, month, n_months=len(ordinals)),
            count=_counts(study, kept, month, n_months=len(ordinals)),
            provenance=provenance_of(
                study,
                sources=sources,
                choices=("density of a month is at that month's own yearly rate",),
                caveats=coverage_caveats(request, covered, n_without_location(loaded, covered)),
                made_at=ws.now(),
            ),
        )


def _densities(study: Study, events: Events, month: NDArray[np.int64], *, n_months: int) -> Floats:
    """All months in one search for neighbours: each incident weighs in its month's column."""
    weights = np.zeros((len(month), n_months))
    weights[np.arange(len(month)), month] = events.harm
    longitude, latitude = (events.rows[name].to_numpy() for name in ("longitude", "latitude"))
    per_m2 = kernel_densities(
        *project(longitude, latitude),
        weights,
        *project(*centres(study.cells)),
        bandwidths_m=[study.request.bandwidth_m],
        kernel=study.request.kernel,
    )
    yearly: Floats = per_m2[:, 0, :] * 1e6 * _MONTHS_A_YEAR
    return yearly


def _counts(study: Study, events: Events, month: NDArray[np.int64], *, n_months: int) -> Floats:
    inside = events.position >= 0
    return panel(events.position[inside], month[inside], None, shape=(len(study.cells), n_months))
