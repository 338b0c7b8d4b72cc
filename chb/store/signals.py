"""Partner signals in the database, their cells in a table of their own with an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select

from chb.domain.planning.signals import Signal
from chb.domain.records import Signature
from chb.store.records import Records
from chb.store.tables.intelligence import signal, signal_cell
from chb.store.unit import Unit


class SignalRecords(Records[Signal]):
    """Signals within one transaction. A signal is sent once and never changed."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, signal, Signal)

    def add(self, new: Signal, signature: Signature, *, is_sample: bool = False) -> None:
        """Save a signal and its cells."""
        super().add(new, signature, is_sample=is_sample)
        if new.cells:
            self._connection.execute(
                insert(signal_cell),
                [{"signal_id": new.id, "cell": cell} for cell in sorted(new.cells)],
            )

    def on_cells(self, cells: Iterable[int]) -> tuple[Signal, ...]:
        """Signals that touch any of the cells."""
        query = select(signal_cell.c.signal_id).where(signal_cell.c.cell.in_(list(cells)))
        return self.where(id=set(self._connection.execute(query).scalars()))

    def _load(self, rows: Iterable[Mapping[Any, Any]]) -> tuple[Signal, ...]:
        found = list(rows)
        cells: dict[str, set[int]] = defaultdict(set)
        query = select(signal_cell.c.signal_id, signal_cell.c.cell).where(
            signal_cell.c.signal_id.in_([row["id"] for row in found])
        )
        for signal_id, cell in self._connection.execute(query):
            cells[signal_id].add(cell)
        return tuple(self._shape.record(row, cells=cells[row["id"]]) for row in found)
