"""The harm profile as a file: one row a cell."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from chb.domain.provenance import Provenance
from chb.exports.rows import PROVENANCE_KEY, WRITERS, cell_rows, write_rows, writer_for

__all__ = ["LAYER", "PROVENANCE_KEY", "WRITERS", "write_profile", "writer_for"]

LAYER: Final = "harm_profile"


def write_profile(frame: pd.DataFrame, provenance: Provenance, out: Path) -> Path:
    """Write one row a cell to ``out``, provenance inside; the format follows its ending."""
    return write_rows(cell_rows(LAYER, frame, provenance), out)
