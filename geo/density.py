"""Kernel density of weighted events: exact sums, only over pairs that can matter.

Kernels, with distance d and bandwidth h (B. W. Silverman, *Density Estimation for
Statistics and Data Analysis*, 1986, section 4.2, doi:10.1201/9781315140919):

- ``quartic``       3 / (pi h^2) (1 - d^2/h^2)^2, zero from h on
- ``epanechnikov``  2 / (pi h^2) (1 - d^2/h^2), zero from h on
- ``gaussian``      1 / (2 pi h^2) exp(-d^2 / 2h^2), cut off where it falls below 1e-12 of
  its peak, at 7.43 h

Each integrates to one over the plane, so the density integrates to the sum of the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import (
    Floats,
    as_floats,
    require_finite,
    require_not_negative,
    require_positive,
    require_same_length,
)
from geo._bins import binned
from geo._compiled import in_threads
from geo._coordinates import checked_coordinates, refuse_degrees
from geo._density_kernels import EPANECHNIKOV, GAUSSIAN, QUARTIC, Kernel, sum_near
from geo._unique_points import number_points, sum_by_number
from geo.errors import GeoInputError

_Columns = tuple[Floats, Floats, Floats]  # x, y, weights


class _Shape(NamedTuple):
    kind: int
    peak: float  # height at the centre for a bandwidth of one metre, per square metre
    reach: float  # in bandwidths


KERNELS: Final = {
    "quartic": _Shape(QUARTIC, 3 / np.pi, 1.0),
    "epanechnikov": _Shape(EPANECHNIKOV, 2 / np.pi, 1.0),
    "gaussian": _Shape(GAUSSIAN, 1 / (2 * np.pi), float(np.sqrt(2 * np.log(1e12)))),
}


def kernel_density(
    x: ArrayLike,
    y: ArrayLike,
    weights: ArrayLike | None,
    at_x: ArrayLike,
    at_y: ArrayLike,
    *,
    bandwidth_m: float,
    kernel: str = "quartic",
) -> Floats:
    """Return the density at each place, in weight per square metre, shape (places,).

    `x`, `y` are the events' metric coordinates and `weights` one amount per event (None
    counts each event once); `at_x`, `at_y` are the places, for example cell centres.
    No event within reach gives zero. Raises GeoInputError for coordinates that are not
    finite or look like degrees, for negative weights and for a bandwidth not above zero.
    """
    amounts = None if weights is None else as_floats(weights, "weights")
    layers = kernel_densities(x, y, amounts, at_x, at_y, bandwidths_m=[bandwidth_m], kernel=kernel)
    return layers[:, 0, 0]


def kernel_densities(
    x: ArrayLike,
    y: ArrayLike,
    weights: ArrayLike | None,
    at_x: ArrayLike,
    at_y: ArrayLike,
    *,
    bandwidths_m: Sequence[float],
    kernel: str = "quartic",
) -> Floats:
    """Return densities of several bandwidths and weight columns, (places, bandwidths, columns).

    `weights` has shape (events,) or (events, columns). The events are collapsed to distinct
    points once; then, for each bandwidth, all columns share one neighbour search whose bins
    fit that bandwidth. Otherwise as `kernel_density`.
    """
    if kernel not in KERNELS:
        raise GeoInputError(
            f"There is no kernel called {kernel!r}; the kernels are {', '.join(KERNELS)}."
        )
    widths = [require_positive(width, "bandwidth in metres") for width in bandwidths_m]
    xs, ys, columns = _checked_events(x, y, weights)
    places = checked_coordinates(at_x, at_y, "cell coordinates")
    refuse_degrees((xs, ys), places, min(widths, default=1.0))
    points = _collapsed(xs, ys, columns)
    out = np.zeros((len(widths), len(places[0]), columns.shape[1]))
    if xs.size:
        for width, layer in zip(widths, out, strict=True):
            _sum_into(layer, points, places, width, KERNELS[kernel])
    return np.moveaxis(out, 0, 1)


def collapse(
    x: ArrayLike, y: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return the distinct points, in order of appearance, and the sum of the weights on each.

    Shapes (points,), (points,) and (points,) or, for weights of shape (events, columns),
    (points, columns). The rows are hashed, never sorted; None counts the events.
    """
    ux, uy, sums = _collapsed(*_checked_events(x, y, weights))
    flat = weights is None or np.ndim(weights) == 1
    return ux, uy, sums[0] if flat else np.ascontiguousarray(sums.T)


def window_mass(
    window_x: ArrayLike,
    window_y: ArrayLike,
    areas_m2: ArrayLike,
    at_x: ArrayLike,
    at_y: ArrayLike,
    *,
    bandwidth_m: float,
    kernel: str = "quartic",
) -> Floats:
    """Return the share of a kernel centred on each place that falls inside the window.

    The window is all its cells, as centres and areas in square metres: the share is the sum
    of area times kernel height, about 1 inside and 0.5 on a straight edge. Dividing a density
    by it corrects for the events beyond the edge that nobody recorded (P. Diggle, Applied
    Statistics 34, 1985, doi:10.2307/2347366), which assumes that the density goes on as it
    is; with events from a buffer at hand, estimate with those and clip last instead. The
    sum needs a bandwidth of at least the cell spacing; a narrower one is refused.
    """
    areas = as_floats(areas_m2, "cell areas")
    require_not_negative(areas, "cell areas")
    spacing_m = float(np.sqrt(areas.mean())) if areas.size else 0.0
    if require_positive(bandwidth_m, "bandwidth in metres") < spacing_m:
        raise GeoInputError(
            f"The bandwidth of {bandwidth_m:g} m is below the cell spacing of {spacing_m:.0f} m,"
            " so cells cannot measure the window. Use smaller cells or a wider bandwidth."
        )
    return kernel_density(
        window_x, window_y, areas, at_x, at_y, bandwidth_m=bandwidth_m, kernel=kernel
    )


def warm() -> None:
    """Run each compiled loop once, so that no user waits for a compiler (part of the set-up)."""
    for kernel in KERNELS:
        kernel_density([0.0, 1.0], [0.0, 1.0], None, [0.0], [0.0], bandwidth_m=10, kernel=kernel)


def _checked_events(
    x: ArrayLike, y: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return coordinates and weights (events, columns) after every check."""
    xs, ys = checked_coordinates(x, y, "event coordinates")
    if weights is None:
        return xs, ys, np.ones((xs.size, 1))
    columns = as_floats(weights, "weights", ndim=max(1, min(np.ndim(weights), 2)))
    columns = columns[:, None] if columns.ndim == 1 else columns
    require_same_length(coordinates=xs, weights=columns)
    require_finite(columns, "weights")
    require_not_negative(columns, "weights")
    return xs, ys, columns


def _collapsed(x: Floats, y: Floats, columns: Floats) -> tuple[Floats, Floats, Floats]:
    """Return distinct x, distinct y and weights (columns, points)."""
    number = np.empty(x.size, np.int32)
    n_points = number_points(x, y, number)
    sums = np.zeros((columns.shape[1], n_points))
    sum_by_number(number, columns, sums)
    distinct_x, distinct_y = np.empty(n_points), np.empty(n_points)
    distinct_x[number], distinct_y[number] = x, y
    return distinct_x, distinct_y, sums


def _sum_into(
    layer: Floats, points: _Columns, places: tuple[Floats, Floats], width_m: float, shape: _Shape
) -> None:
    """Add the density of one bandwidth to `layer` (places, columns)."""
    bins = binned(*points, shape.reach * width_m)
    kernel = Kernel(shape.kind, shape.peak / width_m**2, width_m, shape.reach)

    def sum_part(begin: int, end: int) -> None:
        part = slice(begin, end)
        sum_near(bins, kernel, places[0][part], places[1][part], layer[part])

    in_threads(sum_part, len(layer))
