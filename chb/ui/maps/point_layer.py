"""Thousands of assets as one packed layer of points, each a name and three small numbers.

Twenty thousand markers of their own would be megabytes of script at every click. Packed,
their names are most of what travels, and they travel once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chb.domain.assets.register import AssetKind, AssetPin, AssetStatus
from chb.domain.assets.verification import Verification, verification_of
from chb.ui import theme
from chb.ui.maps.elements import (
    Legend,
    LegendRow,
    PointKind,
    PointLook,
    PointStyle,
    Position,
)

STEP_DEGREES: Final = 1e-5
"""A metre: finer than anybody clicks."""
OTHER: Final = "other"
"""The group of a kind that the table does not know any more."""

_STATUSES: Final = tuple(AssetStatus)
_LOOKS: Final = tuple(Verification)
_LOOK_WORDS: Final = {
    Verification.FRESH: "Looked at within half a year",
    Verification.AGEING: "Looked at within a year",
    Verification.STALE: "Not looked at for over a year",
    Verification.NEVER: "Nobody has looked yet",
}
_TOO_LONG: Final = frozenset({Verification.STALE, Verification.NEVER})


@dataclass(frozen=True)
class PointLayer:
    """A layer ready for the map, its style and its key."""

    packed: str
    style: PointStyle
    legend: Legend


def paint_assets(
    pins: Sequence[AssetPin], kinds: Sequence[AssetKind], *, today: date
) -> PointLayer | None:
    """The layer of some assets; None when there are none."""
    if not pins:
        return None
    groups = groups_of(kinds)
    numbers = {kind.key: number for number, kind in enumerate(kinds)}
    of_kind = [numbers.get(pin.kind, len(kinds)) for pin in pins]
    looks = [verification_of(pin, today).state for pin in pins]
    packed = {
        **_positions(pins),
        "kinds": _base64(np.array(of_kind, dtype=np.uint8)),
        "statuses": _numbered([pin.status for pin in pins], _STATUSES),
        "looks": _numbered(looks, _LOOKS),
        "names": [pin.name for pin in pins],
    }
    shown = [groups.get(pin.kind, OTHER) for pin in pins]
    return PointLayer(
        packed=json.dumps(packed, separators=(",", ":")),
        style=_style(kinds),
        legend=Legend("Community assets", f"{len(pins):,} shown", _rows(shown, kinds, looks)),
    )


def groups_of(kinds: Iterable[AssetKind]) -> dict[str, str]:
    """The group of each kind."""
    return {kind.key: kind.group for kind in kinds}


def pins_at(pins: Iterable[AssetPin], position: Position) -> list[AssetPin]:
    """Assets that the map draws just there, where it has moved a click."""
    latitude, longitude = position
    within = 1.5 * STEP_DEGREES  # a layer's steps and the position may be rounded apart
    return [
        pin
        for pin in pins
        if abs(pin.latitude - latitude) < within and abs(pin.longitude - longitude) < within
    ]


def _positions(pins: Sequence[AssetPin]) -> dict[str, Any]:
    east = np.array([pin.longitude for pin in pins])
    north = np.array([pin.latitude for pin in pins])
    origin = (float(east.min()), float(north.min()))
    return {
        "origin": origin,
        "step": STEP_DEGREES,
        "east": _planes((east - origin[0]) / STEP_DEGREES),
        "north": _planes((north - origin[1]) / STEP_DEGREES),
    }


def _planes(steps: NDArray[np.float64]) -> str:
    """Whole numbers of four bytes, all lowest bytes first: the high ones repeat, and compress."""
    numbers = np.round(steps).astype("<u4")
    return _base64(numbers.view(np.uint8).reshape(-1, 4).T)


def _numbered(words: Sequence[object], listed: Sequence[object]) -> str:
    number = {word: at for at, word in enumerate(listed)}
    return _base64(np.array([number[word] for word in words], dtype=np.uint8))


def _base64(numbers: NDArray[np.uint8]) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _style(kinds: Sequence[AssetKind]) -> PointStyle:
    marks = _marks(kinds)
    listed = [PointKind(kind.label, *marks[kind.group]) for kind in kinds]
    return PointStyle(
        kinds=(*listed, PointKind("A kind that is not in the table", *marks[OTHER])),
        statuses=tuple(status.value.capitalize() for status in _STATUSES),
        looks=tuple(PointLook(_LOOK_WORDS[look], look in _TOO_LONG) for look in _LOOKS),
    )


def _rows(
    shown: list[str], kinds: Sequence[AssetKind], looks: list[Verification]
) -> tuple[LegendRow, ...]:
    """A row for each group there is, and one for what the hollow marks say."""
    marks = _marks(kinds)
    rows = [
        LegendRow(marks[group][0], group.capitalize(), f"{shown.count(group):,}", marks[group][1])
        for group in sorted(set(shown))
    ]
    n_hollow = sum(look in _TOO_LONG for look in looks)
    if n_hollow:
        rows.append(
            LegendRow("#ffffff", "Hollow: no look for a year", f"{n_hollow:,}", shape="ring")
        )
    return tuple(rows)


def _marks(kinds: Sequence[AssetKind]) -> dict[str, tuple[str, str]]:
    """Colour and shape of each group, in the order of their names."""
    groups = [*sorted({kind.group for kind in kinds}), OTHER]
    return {
        group: theme.ASSET_MARKS[at % len(theme.ASSET_MARKS)] for at, group in enumerate(groups)
    }
