"""Incidents of an area by cell and month: what every analysis over time or chance reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.incidents import Coverage, coverage, load_incidents
from chb.services.harm.study import (
    Events,
    ProfileRequest,
    Study,
    attributions,
    coverage_caveats,
    events_near,
    n_without_location,
    open_study,
)
from chb.services.workspace import Workspace
from geo.cells import areas_km2, centres, neighbours
from geo.change.panel import panel
from geo.crs import project
from geo.density import kernel_densities
from geo.hotspots.gi_star import FEWEST_EVENTS
from geo.hotspots.neighbours import Neighbours, as_neighbours

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Measure(StrEnum):
    """What is summed in a cell."""

    HARM = "harm"
    COUNT = "count"

    @classmethod
    def named(cls, text: str) -> Measure:
        """The measure of that name; Refusal for any other."""
        if text not in list(cls):
            raise Refusal(
                f"Nothing called {text!r} is measured",
                remedy=f"Choose one of {', '.join(cls)}",
            )
        return cls(text)


@dataclass(frozen=True)
class HarmPanel:
    """Incidents of the loaded months, in and near the area.

    ``month`` is each incident's position among ``months``, which are all months asked for;
    ``loaded`` says which of these the area's main force has published. Incidents of other
    months (strays of another force) are left out.
    """

    study: Study
    events: Events
    month: Ints
    months: tuple[Month, ...]
    loaded: Flags
    coverage: Coverage
    sources: tuple[str, ...]
    n_without_location: int

    @property
    def n_inside(self) -> int:
        """Incidents inside the area's cells."""
        return int((self.events.position >= 0).sum())

    @property
    def caveats(self) -> tuple[str, ...]:
        return coverage_caveats(self.study.request, self.coverage, self.n_without_location)

    @cached_property
    def areas_km2(self) -> Floats:
        """True area of each cell."""
        return areas_km2(self.study.cells)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Each cell with the cells that touch it."""
        return as_neighbours(neighbours(self.study.cells), len(self.study.cells))

    def weights(self, measure: Measure) -> Floats:
        """Each incident's share in the measure."""
        return np.ones(len(self.month)) if measure is Measure.COUNT else self.events.harm

    def monthly(self, measure: Measure) -> Floats:
        """Panel (cells, months); NaN in months that are not loaded."""
        inside = self.events.position >= 0
        return panel(
            self.events.position[inside],
            self.month[inside],
            self.weights(measure)[inside],
            shape=(len(self.study.cells), len(self.months)),
            covered=self.loaded,
        )

    def total(self, measure: Measure) -> Floats:
        """Sum over all loaded months, shape (cells,)."""
        summed: Floats = np.nansum(self.monthly(measure), axis=1)
        return summed

    def density(self, measure: Measure, months: Flags | None = None) -> Floats:
        """Kernel density at each cell's centre, per square kilometre and year, shape (cells,).

        ``months`` chooses among the months asked for; all by default.
        """
        chosen = self.loaded if months is None else months & self.loaded
        kept = chosen[self.month]
        rows, request = self.events.rows.loc[kept], self.study.request
        x_m, y_m = project(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
        per_m2 = kernel_densities(
            x_m,
            y_m,
            self.weights(measure)[kept],
            *project(*centres(self.study.cells)),
            bandwidths_m=[request.bandwidth_m],
            kernel=request.kernel,
        )
        return per_m2[:, 0, 0] * 1e6 * (12 / max(int(chosen.sum()), 1))


@needs(Permission.SEE_HARM_FIGURES)
def open_panel(
    ws: Workspace, request: ProfileRequest, *, reach_m: float | None = None
) -> HarmPanel:
    """Load the incidents of a request; Refusal when there are too few to say anything.

    Incidents up to ``reach_m`` (by default one bandwidth) outside the area come along, for
    the density at its edges.
    """
    study = open_study(ws, request)
    with ws.reading() as tx:
        loaded = load_incidents(tx, request.period, columns=("category", "longitude", "latitude"))
        near = events_near(
            loaded, study, reach_m=request.bandwidth_m if reach_m is None else reach_m
        )
        covered = coverage(tx, near.rows.loc[near.position >= 0], request.period)
        sources = attributions(tx)
    months = tuple(request.period)
    known = np.array([month in covered.present for month in months])
    month = near.rows["month_ordinal"].to_numpy(np.int64) - request.period.first.ordinal
    kept = known[month]
    made = HarmPanel(
        study=study,
        events=Events(
            near.rows.loc[kept].reset_index(drop=True), near.harm[kept], near.position[kept]
        ),
        month=month[kept],
        months=months,
        loaded=known,
        coverage=covered,
        sources=sources,
        n_without_location=n_without_location(loaded, covered),
    )
    _require_events(made)
    return made


def _require_events(made: HarmPanel) -> None:
    if made.n_inside < FEWEST_EVENTS:
        raise Refusal(
            "Not enough data to tell a hotspot from chance",
            found=f"{made.n_inside} incidents lie in {made.study.area.name} in"
            f" {made.study.request.period}; at least {FEWEST_EVENTS} are needed",
            cause="The area is small, the period short, or most months are not loaded",
            remedy="Take a longer period or a larger area",
        )
    inside = made.events.position >= 0
    points = made.events.rows.loc[inside, ["longitude", "latitude"]].drop_duplicates()
    if len(points) == 1:
        longitude, latitude = points.iloc[0]
        raise Refusal(
            "All incidents lie on one point, which is no pattern",
            found=f"{made.n_inside:,} incidents at longitude {longitude:.5f},"
            f" latitude {latitude:.5f}",
            cause="It is probably where rows without an address were put, or a police station",
            remedy="Look at the file's coordinates and import it again",
        )
    if not made.events.harm[inside].any():
        raise Refusal(
            "All weights are zero, so there is no harm to map",
            found=f"{made.n_inside:,} incidents weigh nothing under {made.study.scheme.key}",
            cause="The scheme gives nought to every category that was found here",
            remedy="Choose another scheme, or correct its table",
        )
