"""The checklists that ship with the product: a starting point for a partnership's own."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from chb.domain.places.gates import Checklist, Gate, GateItem, checked_items
from chb.sources.reference import REFERENCE_FOLDER


@cache
def shipped_checklists(folder: Path = REFERENCE_FOLDER) -> dict[Gate, Checklist]:
    """Version 0 of every gate's checklist, in the table's order."""
    items: dict[Gate, list[GateItem]] = {gate: [] for gate in Gate}
    with (folder / "gates.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            items[Gate(row["gate"])].append(GateItem(row["key"], row["words"], row["hint"]))
    return {
        gate: Checklist(gate=gate, version=0, items=checked_items(of_gate))
        for gate, of_gate in items.items()
    }
