"""Which assets count for a question, how far each reaches, and what it offers at an hour.

A session of usual size within walking distance meets a cell's need, a smaller one a share of
it; usual is ours, not official.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from chb.domain.assets.ages import OLDEST_AGE
from chb.domain.assets.register import FARTHEST_REACH_M, Asset, AssetPin, AssetStatus
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal
from chb.services.assets.register import asset_kinds
from chb.store.store import Transaction
from geo.cells import CellArray, centres
from geo.reach import DETOUR_FACTOR, reachable, straight_m

WALKING_M: Final = 800.0
"""About ten minutes on foot; 615 m as the crow flies."""
USUAL_PLACES: Final = 30
"""Places of a session whose capacity nobody gave."""

Floats = NDArray[np.float64]
AnAsset = TypeVar("AnAsset", Asset, AssetPin)


@dataclass(frozen=True)
class When:
    """An hour of the week and whom it is for, ages in whole years with both ends."""

    weekday: Weekday = Weekday.THURSDAY
    at: time = time(18)
    youngest: int = 0
    oldest: int = OLDEST_AGE
    in_term: bool = True
    """Whether sessions that run in term time only count."""


class Asked(Protocol):
    """Which assets a question is about."""

    @property
    def kinds(self) -> tuple[str, ...]: ...

    @property
    def groups(self) -> tuple[str, ...]: ...

    @property
    def walking_m(self) -> float: ...


def assets_near(
    tx: Transaction, cells: CellArray, asked: Asked, *, listed: Sequence[Asset] | None = None
) -> tuple[tuple[Asset, ...], csr_array]:
    """Open assets asked about that any of the cells reaches, and which cells reach each.

    They are in the order in which they are listed; the matrix has shape (cells, assets).
    ``listed`` saves the reading of them. Only what is near is read in full.
    """
    if listed is not None:
        return _reached(cells, chosen(listed, asked), asked.walking_m)
    pins, reach = _reached(cells, chosen(tx.assets.pins(), asked), asked.walking_m)
    found = {asset.id: asset for asset in tx.assets.some(pin.id for pin in pins)}
    return tuple(found[pin.id] for pin in pins), reach


def chosen(assets: Iterable[AnAsset], asked: Asked) -> tuple[AnAsset, ...]:
    """The open assets of the kinds and groups; all of them where neither is named."""
    wanted = wanted_kinds(asked.kinds, asked.groups)
    return tuple(
        asset
        for asset in assets
        if asset.status != AssetStatus.CLOSED and (not wanted or asset.kind in wanted)
    )


def wanted_kinds(kinds: Sequence[str], groups: Sequence[str]) -> frozenset[str]:
    """Keys of the kinds named or in a group named; Refusal for a name nobody knows."""
    known = asset_kinds()
    _refuse_unknown("kind", kinds, {kind.key for kind in known})
    _refuse_unknown("group", groups, {kind.group for kind in known})
    return frozenset(kinds) | {kind.key for kind in known if kind.group in groups}


def check_walking(walking_m: float) -> None:
    """Refusal for a distance that nobody walks."""
    if not 0 < walking_m <= FARTHEST_REACH_M:
        raise Refusal(
            "The walking distance is in metres",
            found=f"Found {walking_m:g}",
            remedy=f"Ask for more than 0 and at most {FARTHEST_REACH_M:,} m; 800 m is usual",
        )


def straight_reach_m(assets: Sequence[Asset | AssetPin], walking_m: float) -> Floats:
    """How far each asset reaches as the crow flies: by its own reach, else the distance asked."""
    own = [walking_m if asset.reach_m is None else asset.reach_m for asset in assets]
    return straight_m(np.array(own, dtype=np.float64))


def positions(assets: Sequence[Asset | AssetPin]) -> tuple[Floats, Floats]:
    """Longitudes and latitudes."""
    return (
        np.array([asset.longitude for asset in assets], dtype=np.float64),
        np.array([asset.latitude for asset in assets], dtype=np.float64),
    )


def ages_of(asset: Asset, session: Session) -> tuple[int, int]:
    """Whom a session is for: its own ages, else the asset's, else everybody."""
    youngest = asset.youngest if session.youngest is None else session.youngest
    oldest = asset.oldest if session.oldest is None else session.oldest
    return (0 if youngest is None else youngest, OLDEST_AGE if oldest is None else oldest)


def sessions_at(asset: Asset, when: When) -> tuple[Session, ...]:
    """Sessions that run at the hour and that anybody of the ages may come to."""
    return tuple(
        session
        for session in asset.sessions
        if session.weekday == when.weekday
        and session.start <= when.at < session.end
        and (when.in_term or not session.term_time_only)
        and _meet(ages_of(asset, session), (when.youngest, when.oldest))
    )


def provision_at(asset: Asset, when: When) -> float:
    """What an asset offers at the hour, in sessions of usual size; nought when it is shut.

    Capacities of the sessions add up; sessions without one share the asset's, and an asset
    without one has a usual session. Another session never makes it less.
    """
    running = sessions_at(asset, when)
    told = sum(session.capacity for session in running if session.capacity is not None)
    untold = any(session.capacity is None for session in running)
    return max(told / USUAL_PLACES, one_more_session(asset) if untold else 0.0)


def one_more_session(asset: Asset) -> float:
    """What one more session there would offer, in sessions of usual size."""
    return (USUAL_PLACES if asset.capacity is None else asset.capacity) / USUAL_PLACES


def reach_in_words(walking_m: float) -> str:
    """What counts as within reach."""
    straight = f"{walking_m / DETOUR_FACTOR:.0f} m"
    return (
        f"within reach is a walk of {walking_m:g} m, {straight} in a straight line from a cell's"
        " centre; an asset's own reach counts where it is given"
    )


def caveats_of(assets: Sequence[Asset], sessions: Iterable[Session]) -> tuple[str, ...]:
    """What to beware of in assets within reach and those of their sessions that count."""
    said = ["Walking distance is estimated: rivers, railways and main roads are not seen"]
    without = sum(not asset.sessions for asset in assets)
    if without:
        said.append(
            f"{without:,} of {len(assets):,} assets within reach have no timetable:"
            " they count as shut"
        )
    in_term = sum(session.term_time_only for session in sessions)
    if in_term:
        said.append(f"{in_term:,} of the sessions run in term time only")
    if any(asset.outline for asset in assets):
        said.append("Areas such as parks are reached at their marked point, not at their edge")
    return tuple(said)


def _reached(
    cells: CellArray, assets: tuple[AnAsset, ...], walking_m: float
) -> tuple[tuple[AnAsset, ...], csr_array]:
    """Assets that any of the cells reaches, and which cells reach each."""
    reach_m = straight_reach_m(assets, walking_m)
    reach = reachable(centres(cells), positions(assets), reach_m=reach_m)
    near = np.unique(reach.indices)
    return tuple(assets[at] for at in near), reach[:, near]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def _refuse_unknown(what: str, asked: Sequence[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            raise Refusal(
                f"There is no {what} of asset called {name!r}",
                remedy=f"Choose from {', '.join(sorted(known))}",
            )
