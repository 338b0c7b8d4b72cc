"""Kernel density: 300,000 events on 35,000 points, seen from 152,551 cells, h = 500 m.

Every contest starts from the rows, but scikit-learn is given the distinct points with their
summed weights beforehand, for free: on the rows it would take minutes. Each peer is met on
its own kernel, and those who draw pixels on their own pixels.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from numba import njit

from geo.density import collapse, kernel_density
from tests.bench import workload
from tests.bench.rows import Item, Row, agreement, contest
from tests.bench.timing import Contestant
from tests.bench.workload import Events, Floats

BANDWIDTH_M: Final = 500.0
SIDE: Final = 390
"""Pixels along each side: 152,100 in all, as many as there are cells."""

BINS_APART: Final = 0.2
"""The binned density differs from the exact one by less than this share of the peak."""

TASK: Final = "density, 300,000 events, 152,000 places, 500 m"


@cache
def _events() -> Events:
    return workload.events()


@cache
def _collapsed() -> tuple[Floats, Floats, Floats]:
    rows = _events()
    return collapse(rows.x_m, rows.y_m, rows.harm_days)


@cache
def _cells() -> tuple[Floats, Floats]:
    return workload.cell_centres(workload.cells())


@cache
def _pixels() -> tuple[Floats, Floats]:
    """Pixel centres that hold every event inside, x-major."""
    rows = _events()
    x = np.linspace(rows.x_m.min() - 1, rows.x_m.max() + 1, SIDE)
    y = np.linspace(rows.y_m.min() - 1, rows.y_m.max() + 1, SIDE)
    grid_x, grid_y = np.meshgrid(x, y, indexing="ij")
    return grid_x.ravel(), grid_y.ravel()


def _ours(at: tuple[Floats, Floats], kernel: str) -> Contestant:
    rows = _events()

    def run() -> Floats:
        return kernel_density(
            rows.x_m, rows.y_m, rows.harm_days, *at, bandwidth_m=BANDWIDTH_M, kernel=kernel
        )

    return Contestant("ours", run, threads=2)


def _against_sklearn() -> Iterable[Row]:
    neighbors = importlib.import_module("sklearn.neighbors")
    x_m, y_m, harm = _collapsed()
    tree = neighbors.KernelDensity(bandwidth=BANDWIDTH_M, kernel="epanechnikov")
    at = np.column_stack(_cells())

    def run(places: Floats = at) -> Floats:
        tree.fit(np.column_stack([x_m, y_m]), sample_weight=harm)
        per_m2: Floats = np.exp(tree.score_samples(places)) * harm.sum()
        return per_m2

    peer = Contestant("scikit-learn, collapsed points", run, 1, warm_up=lambda: run(at[:1000]))
    yield contest(
        f"{TASK}, Epanechnikov",
        _ours(_cells(), "epanechnikov"),
        peer,
        check=lambda ours, theirs: agreement(ours, theirs, within=1e-9),
        at_least=300,
        rounds=3,
    )


class _NamedAsBefore(pd.DataFrame):
    """LibKDV knows a frame by the module that pandas before 3 kept it in."""


_NamedAsBefore.__module__ = "pandas.core.frame"


def _libkdv(rows: tuple[Floats, Floats, Floats]) -> Any:
    """A LibKDV picture; its kernel reaches twice as far as the bandwidth it is told."""
    libkdv = importlib.import_module("libkdv")
    frame = _NamedAsBefore(dict(zip("xyw", rows, strict=True)))
    return libkdv.kdv(
        frame,
        GPS=False,
        num_threads=2,
        row_pixels=SIDE,
        col_pixels=SIDE,
        bandwidth=BANDWIDTH_M / 2,
    ).compute()


def _against_libkdv() -> Iterable[Row]:
    rows = _events()
    raw = (rows.x_m, rows.y_m, rows.harm_days)
    shown = _libkdv(_collapsed())
    # It leaves out empty pixels, so ours is asked for the others as well: 152,100 in all.
    x = np.unique(shown["x"].to_numpy())
    y = np.unique(shown["y"].to_numpy())
    grid_x, grid_y = (axis.ravel() for axis in np.meshgrid(x, y, indexing="ij"))
    ours = _ours((grid_x, grid_y), "epanechnikov")

    def check(density: Floats, picture: pd.DataFrame) -> str:
        at = np.searchsorted(x, picture["x"]) * y.size + np.searchsorted(y, picture["y"])
        brightness = picture["val"].to_numpy()
        # It scales its picture to a brightest pixel of one.
        return agreement(density[at] / density.max(), brightness / brightness.max(), within=1e-6)

    for given, events in (("from the rows", raw), ("collapsed points", _collapsed())):
        peer = Contestant(f"LibKDV, {given}", partial(_libkdv, events), threads=2)
        yield contest(
            f"{TASK}, Epanechnikov, {SIDE} x {SIDE} pixels",
            ours,
            peer,
            check=check,
            at_least=50 if events is raw else None,
            rounds=3,
        )


def _against_kdepy() -> Iterable[Row]:
    fft = importlib.import_module("KDEpy").FFTKDE
    rows = _events()
    pixels = np.column_stack(_pixels())

    def run() -> Floats:
        # Its bandwidth is a standard deviation; the quartic kernel of unit spread reaches sqrt 7.
        kernel = fft(kernel="biweight", bw=BANDWIDTH_M / np.sqrt(7), norm=2)
        kernel.fit(np.column_stack([rows.x_m, rows.y_m]), weights=rows.harm_days)
        per_m2: Floats = kernel.evaluate(pixels) * rows.harm_days.sum()
        return per_m2

    def check(ours: Floats, theirs: Floats) -> str:
        agreement(ours, theirs, within=BINS_APART)
        apart = np.abs(ours - theirs).max() / ours.max()
        return f"it bins: {apart:.1%} of the peak off"

    yield contest(
        f"{TASK}, quartic, {SIDE} x {SIDE} pixels",
        _ours(_pixels(), "quartic"),
        Contestant("KDEpy FFT (approximate)", run, threads=1),
        check=check,
        at_least=1,
        rounds=15,
    )


@njit(nogil=True)
def _read_and_hash(x: Floats, y: Floats, weights: Floats, sums: Floats) -> None:
    """Read each row once, hash its point, and add its weight into a table of sums."""
    for row in range(x.size):
        mixed = np.uint64(np.int64(x[row])) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= np.uint64(np.int64(y[row])) * np.uint64(0xC2B2AE3D27D4EB4F)
        sums[(mixed >> np.uint64(32)) & np.uint64(sums.size - 1)] += weights[row]


def _against_the_floor() -> Iterable[Row]:
    rows = _events()

    def run() -> Floats:
        sums = np.zeros(1 << 16)
        _read_and_hash(rows.x_m, rows.y_m, rows.harm_days, sums)
        return sums

    def check(ours: Floats, theirs: Floats) -> str:
        return f"nothing lost: {agreement(theirs.sum(), rows.harm_days.sum(), within=1e-9)}"

    yield contest(
        f"{TASK}, quartic",
        _ours(_cells(), "quartic"),
        Contestant("the floor: read and hash each row once", run, threads=1),
        check=check,
        rounds=15,
    )


ITEMS: Final = (
    Item(TASK, "scikit-learn KernelDensity", _against_sklearn),
    Item(TASK, "LibKDV", _against_libkdv),
    Item(TASK, "KDEpy FFT", _against_kdepy),
    Item(TASK, "the floor", _against_the_floor),
)
