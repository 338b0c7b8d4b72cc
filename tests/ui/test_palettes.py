"""Classes that have names stay apart for every eye, and on the bare land."""

from __future__ import annotations

from itertools import combinations

import pytest

from chb.ui import palettes, theme
from tests.ui.eyes import EYES, delta_e

LEAST_DELTA_E = 18.0
"""CIE 1976; about 2 can just be told apart side by side, a map needs far more."""

LAND = theme.LAND.fill
SCALES = {
    "significance": (*palettes.SIGNIFICANCE, LAND),
    "trend": (*palettes.TREND, LAND),
    "stability": (*palettes.STABILITY, LAND),
    "two-way": tuple(colour for row in palettes.TWO_WAY for colour in row),
}


def test_the_measure_knows_black_from_white_and_red_from_green() -> None:
    assert delta_e("#000000", "#ffffff", EYES["ordinary"]) == pytest.approx(100, abs=0.1)
    seen = [delta_e("#c0392b", "#7a7a1f", EYES[eye]) for eye in ("ordinary", "deutan")]
    assert seen[1] < seen[0] / 2


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scale", SCALES)
def test_any_two_classes_of_a_layer_stay_apart(scale: str, eye: str) -> None:
    seen = {
        (one, other): delta_e(one, other, EYES[eye])
        for one, other in combinations(SCALES[scale], 2)
    }
    closest = min(seen, key=lambda pair: seen[pair])
    assert seen[closest] >= LEAST_DELTA_E, f"{closest} for {eye} eyes"
