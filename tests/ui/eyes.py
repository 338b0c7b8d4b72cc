"""How a colour looks to an eye, and how far two colours are apart for it."""

from __future__ import annotations

import numpy as np

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
LUMINANCE = SRGB_TO_XYZ[1]


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


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted(float(LUMINANCE @ linear(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def closest(colours: tuple[str, ...]) -> tuple[float, str]:
    """The smallest distance between any two for any eye, and where it is."""
    return min(
        (delta_e(one, other, eye), f"{one} and {other} for {name} eyes")
        for at, one in enumerate(colours)
        for other in colours[at + 1 :]
        for name, eye in EYES.items()
    )
