"""The picture of growth: seconds and memory against events, as SVG."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Curve:
    """One line of a chart."""

    name: str
    n_events: Sequence[int]
    values: Sequence[float]


def draw(
    seconds: Sequence[Curve], memory: Sequence[Curve], *, most_memory: float, to: Path
) -> None:
    """Write both charts side by side; the dashed lines are proportion and the memory's limit."""
    # The object interface, because pyplot keeps figures of its own and looks for a screen.
    figure = importlib.import_module("matplotlib.figure").Figure(figsize=(10, 4))
    left, right = figure.subplots(1, 2)
    _lines(left, seconds, "seconds, median")
    left.set_yscale("log")
    first = min(seconds, key=lambda curve: curve.values[-1])
    events = np.array([first.n_events[0], first.n_events[-1]])
    straight = first.values[-1] * events / events[-1]
    left.plot(events, straight, "--", color="grey", label="in proportion")
    left.legend(frameon=False)
    _lines(right, memory, "extra memory / bytes of the input")
    right.axhline(most_memory, linestyle="--", color="grey")
    right.set_ylim(bottom=0)
    figure.tight_layout()
    to.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(to, metadata={"Date": None, "Creator": None})


def _lines(axes: Any, curves: Sequence[Curve], label: str) -> None:
    for curve in curves:
        axes.plot(curve.n_events, curve.values, "o-", label=curve.name)
    axes.set_xscale("log")
    axes.set_xlabel("events")
    axes.set_ylabel(label)
    axes.spines[["top", "right"]].set_visible(False)
