"""Classes that have names stay apart for every eye, and on the bare land."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from chb.ui import palettes, theme

# Severity 1.0 of Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113; linear RGB.
EYES = {
    "ordinary": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
SRGB_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE_D65 = np.array([0.95047, 1.0, 1.08883])
LEAST_DELTA_E = 18.0
"""CIE 1976; about 2 can just be told apart side by side, a map needs far more."""

LAND = theme.LAND.fill
SCALES = {
    "significance": (*palettes.SIGNIFICANCE, LAND),
    "trend": (*palettes.TREND, LAND),
    "stability": (*palettes.STABILITY, LAND),
    "two-way": tuple(colour for row in palettes.TWO_WAY for colour in row),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    share = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / WHITE_D65
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    x, y, z = root
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def delta_e(one: str, other: str, eye: np.ndarray) -> float:
    return float(np.linalg.norm(lab(eye @ linear(one)) - lab(eye @ linear(other))))


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
