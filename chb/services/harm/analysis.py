"""What all analyses hand back, so that one screen, one table and one export serve them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from chb.services.harm.areas import Area
from chb.services.harm.harm_panel import Floats, HarmPanel, Measure
from chb.services.harm.incidents import Coverage
from chb.services.harm.study import provenance_of
from geo.hotspots.transforms import square_root, winsorised

DEFAULT_SEED: Final = 20_260_101
"""Any number will do; a fixed one gives the same answer to the same question."""

AUTOMATIC_TRANSFORM: Final = "auto"
TRANSFORMS: Final[dict[str, Callable[[Floats], Floats]]] = {
    "none": np.copy,
    "square-root": square_root,
    "winsorised": winsorised,
}


@dataclass(frozen=True)
class Analysis:
    """One row a cell, one row a finding, and where both come from.

    The columns of both frames are described in ``chb.services.harm.columns``. ``outlines`` are the
    shapes of the table's rows, degrees WGS84; None where a row has no place.
    """

    area: Area
    shape: BaseGeometry
    cells: pd.DataFrame
    table: pd.DataFrame
    outlines: NDArray[np.object_] | None
    coverage: Coverage
    provenance: Provenance


def transform_of(asked: str, measure: Measure) -> str:
    """The name of the transform that "auto" stands for; Refusal for an unknown name.

    Harm is dominated by a few grave events, so it is square-rooted; a count is left alone.
    """
    if asked == AUTOMATIC_TRANSFORM:
        return "square-root" if measure is Measure.HARM else "none"
    if asked not in TRANSFORMS:
        raise Refusal(
            f"There is no transform called {asked!r}",
            remedy=f"Choose one of {', '.join([AUTOMATIC_TRANSFORM, *TRANSFORMS])}",
        )
    return asked


def transformed(values: Floats, transform: str) -> Floats:
    """The values under a transform of that name, NaN left as it is."""
    known = ~np.isnan(values)
    changed = values.copy()
    changed[known] = TRANSFORMS[transform](values[known])
    return changed


def panel_provenance(
    panel: HarmPanel,
    *,
    choices: tuple[str, ...],
    caveats: tuple[str, ...] = (),
    made_at: datetime,
) -> Provenance:
    """Provenance of an analysis made from incidents alone."""
    return provenance_of(
        panel.study,
        sources=panel.sources,
        choices=choices,
        caveats=(*panel.caveats, *caveats),
        made_at=made_at,
    )
