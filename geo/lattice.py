"""H3 cells as positions of an exact lattice, so that nine numbers draw them all.

Within one face of the icosahedron H3 is a regular lattice seen in the gnomonic
plane of that face (Sahr, White and Kimerling 2003, "Geodesic discrete global
grid systems", doi:10.1559/152304003100011090). A projective matrix therefore
turns whole numbers (i, j) into the direction of a cell's centre, and thirds of
them into its corners. Who draws needs the matrix and the pairs, no coordinate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import h3.api.numpy_int as h3
import numpy as np
from h3ronpy import cells_to_localij, localij_to_cells
from h3ronpy.vector import cells_to_coordinates
from numpy.typing import NDArray

from geo.errors import GeoInputError

EARTH_RADIUS_M: Final = 6_371_007.2
LARGEST_ERROR_M: Final = 0.01
CORNERS: Final = np.array([(2, 1), (1, 2), (-1, 1), (-2, -1), (-1, -2), (1, -1)]) / 3.0
"""The six corners of a cell about its centre, in lattice steps, in order round the cell."""

_CONTROLS_A_SIDE: Final = 9
_FEWEST_CONTROLS: Final = 12
_SMALLEST_SPAN: Final = 8
_RESOLUTION_BITS: Final = np.uint64(52)
_RESOLUTION_MASK: Final = np.uint64(15)
"""Where an H3 index holds its resolution."""

Floats = NDArray[np.float64]
Steps = NDArray[np.int64]
Cells = NDArray[np.uint64]


@dataclass(frozen=True)
class Lattice:
    """Cells of one resolution on one face.

    Attributes:
        matrix: shape (3, 3); ``matrix @ (i, j, 1)`` points from the centre of the
            Earth to the cell's centre, of any length.
        steps: shape (n, 2); i and j of each cell, in the order of the cells, none negative.
    """

    matrix: Floats
    steps: Steps

    def positions(self, steps: Floats) -> Floats:
        """Longitude and latitude, in degrees WGS84, of lattice points; shape (n, 2)."""
        points = np.column_stack([steps, np.ones(len(steps))]) @ self.matrix.T
        longitude = np.arctan2(points[:, 1], points[:, 0])
        latitude = np.arctan2(points[:, 2], np.hypot(points[:, 0], points[:, 1]))
        degrees: Floats = np.degrees(np.column_stack([longitude, latitude]))
        return degrees

    def centres(self) -> Floats:
        """Longitude and latitude of the cells' centres, in degrees; shape (n, 2)."""
        return self.positions(self.steps.astype(np.float64))

    def corners(self) -> Floats:
        """Longitude and latitude of the cells' corners, in degrees; shape (n, 6, 2)."""
        around = self.steps[:, None, :] + CORNERS[None, :, :]
        return self.positions(around.reshape(-1, 2)).reshape(-1, 6, 2)


def fit_lattice(cells: Cells) -> Lattice:
    """Find the lattice of cells of one resolution.

    Args:
        cells: H3 indices, shape (n,), at least one.

    Returns:
        The lattice; its centres agree with H3's to less than a centimetre.

    Raises:
        GeoInputError: no cells, mixed resolutions, or cells on more than one
            face of the icosahedron (none of Great Britain's are).
    """
    _check_one_resolution(cells)
    anchor = int(cells[len(cells) // 2])
    steps = _steps_from(cells, anchor)
    span = max(_SMALLEST_SPAN, int(np.abs(steps - steps[len(cells) // 2]).max()))
    control_steps, control_cells = _controls(anchor, steps[len(cells) // 2], span)
    matrix = _projective_fit(control_steps, _directions(_centres(control_cells)))
    lowest = steps.min(axis=0)
    matrix = matrix @ np.array([[1, 0, lowest[0]], [0, 1, lowest[1]], [0, 0, 1.0]])
    lattice = Lattice(matrix=matrix, steps=steps - lowest)
    _check_exact(lattice, cells)
    return lattice


def distance_m(one: Floats, other: Floats) -> Floats:
    """Great-circle distance, in metres, of positions in degrees, row by row."""
    chord = np.linalg.norm(_directions(one) - _directions(other), axis=1)
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.clip(chord / 2, 0, 1))
    return metres


def _check_one_resolution(cells: Cells) -> None:
    if len(cells) == 0:
        raise GeoInputError("There are no cells to place on a lattice.")
    resolutions = np.unique(cells >> _RESOLUTION_BITS & _RESOLUTION_MASK)
    if len(resolutions) > 1:
        found = ", ".join(str(resolution) for resolution in resolutions)
        raise GeoInputError(f"Cells of one resolution share a lattice; found resolutions {found}.")


def _check_exact(lattice: Lattice, cells: Cells) -> None:
    error_m = float(distance_m(lattice.centres(), _centres(cells)).max())
    if error_m > LARGEST_ERROR_M:
        raise _not_one_face(f"the worst centre would be drawn {error_m:,.2f} m away")


def _not_one_face(found: str) -> GeoInputError:
    return GeoInputError(
        f"The cells do not lie on one face of H3's icosahedron: {found}. "
        "The area is probably much larger than a police force, or outside Great Britain."
    )


def _steps_from(cells: Cells, anchor: int) -> Steps:
    batch = cells_to_localij(cells, anchor, set_failing_to_invalid=True)
    lost = batch.column("i").null_count
    if lost:
        raise _not_one_face(f"{lost:,} cells have no local position")
    columns = [batch.column(name).to_numpy() for name in ("i", "j")]
    return np.column_stack(columns).astype(np.int64)


def _controls(anchor: int, middle: Steps, span: int) -> tuple[Floats, Cells]:
    """Known points to fit to: cells about the anchor that lie on its face."""
    offsets = np.unique(np.linspace(-span, span, _CONTROLS_A_SIDE).round().astype(np.int64))
    grid = np.array([(i, j) for i in offsets for j in offsets]) + middle
    found = localij_to_cells(
        anchor,
        grid[:, 0].astype(np.int32),
        grid[:, 1].astype(np.int32),
        set_failing_to_invalid=True,
    )
    faces = h3.get_icosahedron_faces(anchor)
    on_face = [
        row
        for row, cell in enumerate(found.to_pylist())
        if cell is not None and h3.get_icosahedron_faces(cell) == faces
    ]
    if len(on_face) < _FEWEST_CONTROLS:
        raise _not_one_face("too few neighbours share the face of the middle cell")
    cells = np.array([found[row].as_py() for row in on_face], dtype=np.uint64)
    return grid[on_face].astype(np.float64), cells


def _projective_fit(steps: Floats, directions: Floats) -> Floats:
    """The 3 x 3 matrix from (i, j, 1) to directions: a direct linear transform.

    Both sides are centred and scaled first, without which the equations of a
    small area lose the millimetres.
    """
    middle, scale = steps.mean(axis=0), np.abs(steps - steps.mean(axis=0)).max()
    points = np.column_stack([(steps - middle) / scale, np.ones(len(steps))])
    plane = _tangent_frame(directions)
    flat = directions @ plane.T
    flat = flat[:, :2] / flat[:, 2:]
    size = np.abs(flat).max()
    homography = _homography(points, flat / size)
    from_steps = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, scale]]) / scale
    matrix: Floats = plane.T @ np.diag([size, size, 1.0]) @ homography @ from_steps
    return matrix


def _homography(points: Floats, flat: Floats) -> Floats:
    nothing = np.zeros_like(points)
    equations = np.vstack(
        [
            np.hstack([points, nothing, -flat[:, :1] * points]),
            np.hstack([nothing, points, -flat[:, 1:] * points]),
        ]
    )
    solution = np.linalg.svd(equations, full_matrices=False)[2][-1].reshape(3, 3)
    homography: Floats = solution / solution[2, 2]
    return homography


def _tangent_frame(directions: Floats) -> Floats:
    """Rows: east, north and up at the mean direction."""
    up = directions.mean(axis=0)
    up /= np.linalg.norm(up)
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    return np.stack([east, np.cross(up, east), up])


def _directions(positions: Floats) -> Floats:
    longitude, latitude = np.radians(positions).T
    return np.column_stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )


def _centres(cells: Cells) -> Floats:
    """H3's own centres: longitude and latitude in degrees."""
    batch = cells_to_coordinates(cells, radians=False)
    return np.column_stack([batch.column("lng").to_numpy(), batch.column("lat").to_numpy()])
