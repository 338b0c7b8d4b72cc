"""What is found where need is not met: worst cells, best extensions, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chb.domain.assets.register import Asset
from chb.domain.views.gaps import Extension, WorstCell
from chb.services.assets.needs import GapRequest, Needs
from chb.services.assets.reach import (
    USUAL_PLACES,
    assets_near,
    caveats_of,
    one_more_session,
    provision_at,
    reach_in_words,
    sessions_at,
)
from chb.services.harm.place_names import place_names, told_apart
from chb.store.store import Transaction
from geo.cells import centres
from geo.coverage import Step, greedy_coverage, proven_share
from geo.reach import provision, unmet

WORST_CELLS: Final = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Worked:
    """Everything at the hour asked about, by position of cell and of asset."""

    ground: Needs
    assets: tuple[Asset, ...]
    reach: csr_array
    offers: Floats
    provided: Floats
    gap: Floats

    @property
    def whole_gap(self) -> float:
        return float(self.gap.sum())

    def rows(self) -> Iterator[dict[str, Any]]:
        """What every kind of cell says, cell by cell."""
        people = self.ground.people
        for at, cell in enumerate(self.ground.cells.tolist()):
            yield {
                "cell": cell,
                "residents": None if people is None else float(people[at]),
                "need": float(self.ground.need[at]),
                "provision": float(self.provided[at]),
                "gap": float(self.gap[at]),
            }


def work(
    tx: Transaction, request: GapRequest, ground: Needs, listed: Sequence[Asset] | None
) -> Worked:
    """What the assets that any of the cells reaches offer at the hour."""
    assets, reach = assets_near(tx, ground.cells, request, listed=listed)
    offers = np.array([provision_at(asset, request.when) for asset in assets], dtype=np.float64)
    provided = provision(reach, offers)
    return Worked(ground, assets, reach, offers, provided, unmet(ground.need, provided))


def worst(tx: Transaction, worked: Worked) -> tuple[WorstCell, ...]:
    """The cells with most unmet need, by name; of equals the one whose index is lower."""
    order = np.argsort(-worked.gap, kind="stable")[:WORST_CELLS]
    order = order[worked.gap[order] > 0]
    longitude, latitude = (axis[order] for axis in centres(worked.ground.cells))
    named = place_names(tx, longitude, latitude)
    names = told_apart(named, np.column_stack([longitude, latitude])) if all(named) else named
    n_reached = np.diff(worked.reach.indptr)
    return tuple(
        WorstCell(
            rank=rank,
            cell=int(worked.ground.cells[at]),
            place=names[rank - 1],
            gap=float(worked.gap[at]),
            share_of_gap=float(worked.gap[at]) / worked.whole_gap,
            n_within_reach=int(n_reached[at]),
        )
        for rank, at in enumerate(order.tolist(), start=1)
    )


def extensions(request: GapRequest, worked: Worked) -> tuple[Extension, ...]:
    """The shut assets that one more session at the hour would do most good at, best first."""
    shut = np.flatnonzero(worked.offers == 0)
    steps = greedy_coverage(
        worked.reach[:, shut],
        need=worked.ground.need,
        provided=worked.provided,
        amount=[one_more_session(worked.assets[at]) for at in shut],
        steps=request.steps,
    )
    return tuple(
        _extension(rank, step, worked.assets[shut[step.candidate]], worked)
        for rank, step in enumerate(steps, start=1)
    )


def _extension(rank: int, step: Step, asset: Asset, worked: Worked) -> Extension:
    people = worked.ground.people
    helped = None if people is None else float(people[step.cells].sum())
    places = round(one_more_session(asset) * USUAL_PLACES)
    known = "its capacity" if asset.capacity is not None else "as its capacity is not known"
    home = "" if helped is None else f", home to {helped:,.0f} residents of the ages"
    return Extension(
        rank=rank,
        asset_id=asset.id,
        title=asset.name,
        kind=asset.kind,
        closes=step.closed,
        share_of_gap=step.closed / worked.whole_gap,
        n_cells=len(step.cells),
        residents=helped,
        why=(
            f"A walk from {len(step.cells):,} cells where need is not met{home};"
            f" nothing runs there then for these ages; {places:,} places, {known}"
        ),
    )


def choices(request: GapRequest) -> tuple[str, ...]:
    """How reach, provision and extensions were worked out."""
    return (
        reach_in_words(request.walking_m),
        f"a session of {USUAL_PLACES} places meets a cell's need, a smaller one a share of it;"
        f" without a capacity {USUAL_PLACES} are assumed (ours, not official)",
        "extensions are found one after the other, each closing most of what is left (greedy"
        f" maximal coverage): at least {proven_share(request.steps):.0%} of what the best"
        f" {request.steps} together could",
    )


def caveats(request: GapRequest, assets: tuple[Asset, ...]) -> tuple[str, ...]:
    """What the answer does not know of the assets it counts."""
    running = (session for asset in assets for session in sessions_at(asset, request.when))
    return caveats_of(assets, running)
