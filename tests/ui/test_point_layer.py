"""Thousands of assets on a map: small on the wire, found where they were put."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from chb.domain.assets.register import AssetPin, AssetStatus
from chb.services.assets.register import asset_kinds
from chb.ui.maps.point_layer import STEP_DEGREES, paint_assets, pins_at

TODAY = date(2026, 11, 20)
KINDS = asset_kinds()
MOST_BYTES = 500_000


def pin(number: int, longitude: float, latitude: float, **more: Any) -> AssetPin:
    known: dict[str, Any] = {"kind": KINDS[number % len(KINDS)].key, "status": AssetStatus.FOUND}
    return AssetPin(
        id=f"a{number}",
        name=f"{KINDS[number % len(KINDS)].label} {number}",
        longitude=longitude,
        latitude=latitude,
        **known | more,
    )


def numbers(planes: str) -> np.ndarray:
    """What the map's script makes of them."""
    return np.frombuffer(base64.b64decode(planes), np.uint8).reshape(4, -1).T.copy().view("<u4")


def test_nothing_to_show_is_no_layer() -> None:
    assert paint_assets([], KINDS, today=TODAY) is None


def test_every_position_arrives_within_half_a_step() -> None:
    rng = np.random.default_rng(4)
    pins = [
        pin(at, x, y)
        for at, (x, y) in enumerate(
            zip(rng.uniform(-6, 1.7, 400), rng.uniform(50, 60, 400), strict=True)
        )
    ]
    layer = paint_assets(pins, KINDS, today=TODAY)
    assert layer is not None
    packed = json.loads(layer.packed)
    for axis, name, origin in (("east", "longitude", 0), ("north", "latitude", 1)):
        sent = packed["origin"][origin] + numbers(packed[axis]).ravel() * packed["step"]
        kept = [getattr(each, name) for each in pins]
        assert np.abs(sent - kept).max() <= STEP_DEGREES / 2 + 1e-12


def test_what_is_said_of_a_point_is_what_was_recorded() -> None:
    pins = [
        pin(3, -1.5, 53.4, verified_on=date(2026, 11, 1)),
        pin(1, -1.4, 53.5, status=AssetStatus.DECLINED),
        pin(2, -1.3, 53.5, kind="gone from the table", verified_on=date(2020, 1, 1)),
    ]
    layer = paint_assets(pins, KINDS, today=TODAY)
    assert layer is not None
    packed, style = json.loads(layer.packed), layer.style
    kinds, statuses, looks = (
        list(base64.b64decode(packed[name])) for name in ("kinds", "statuses", "looks")
    )
    labels = [style.kinds[at].label for at in kinds]
    assert labels == [KINDS[3].label, KINDS[1].label, "A kind that is not in the table"]
    assert [style.statuses[at] for at in statuses] == ["Found", "Declined", "Found"]
    assert [style.looks[at].hollow for at in looks] == [False, True, True]
    assert packed["names"] == [each.name for each in pins]
    assert (layer.legend.rows[-1].shape, layer.legend.rows[-1].figure) == ("ring", "2")


def test_twenty_thousand_stay_under_the_budget() -> None:
    rng = np.random.default_rng(1)
    pins = [
        pin(at, x, y)
        for at, (x, y) in enumerate(
            zip(rng.uniform(-1.8, -0.9, 20_000), rng.uniform(53.3, 53.7, 20_000), strict=True)
        )
    ]
    layer = paint_assets(pins, KINDS, today=TODAY)
    assert layer is not None
    assert len(gzip.compress(layer.packed.encode(), 6)) < MOST_BYTES


@pytest.mark.parametrize(("off_degrees", "found"), [(0.0, ["a1", "a2"]), (3e-5, [])])
def test_a_click_is_on_what_stands_at_its_very_position(
    off_degrees: float, found: list[str]
) -> None:
    pins = [pin(1, -1.5, 53.4), pin(2, -1.5, 53.4), pin(3, -1.4, 53.4)]
    assert [each.id for each in pins_at(pins, (53.4 + off_degrees, -1.5))] == found
