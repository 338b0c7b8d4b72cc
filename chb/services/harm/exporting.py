"""Handing a result out as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from chb.exports.rows import Rows, cell_rows, writer_for
from chb.services.harm.analysis import Analysis


class RowKind(StrEnum):
    """What a row of an exported analysis is: a cell, or a finding of its table."""

    CELLS = "cells"
    TABLE = "table"


def check_format(out: Path) -> None:
    """Raise Refusal for an ending no export has, before anything long is computed."""
    writer_for(out)


def analysis_rows(analysis: Analysis, *, rows: RowKind, layer: str) -> Rows:
    """The rows of an analysis as they go out: its cells, or the findings of its table."""
    if rows is RowKind.CELLS:
        return cell_rows(layer, analysis.cells, analysis.provenance)
    return Rows(layer, analysis.table, analysis.outlines, analysis.provenance)
