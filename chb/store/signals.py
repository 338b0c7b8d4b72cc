"""Partner signals in the database, their cells in a table of their own with an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select

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
            rows = [{"signal_id": new.id, "cell": cell} for cell in sorted(new.cells)]
            with self._unit.views_aside():
                self._connection.execute(insert(signal_cell), rows)

    def during(
        self, first_day: date, last_day: date, *, most: int, **wanted: Any
    ) -> tuple[Signal, ...]:
        """The ``most`` latest that touch the days, the latest first.

        Args:
            first_day: of the span.
            last_day: of the span.
            most: how many to read.
            wanted: values of columns, and ``cells``, any of which the signals touch.
        """
        order = (self._table.c[name].desc() for name in ("last_day", "first_day", "seq"))
        query = self._during(first_day, last_day, wanted).order_by(*order).limit(most)
        return self._load(self._connection.execute(query).mappings().all())

    def count_during(self, first_day: date, last_day: date, **wanted: Any) -> int:
        """How many ``during`` could give."""
        found = self._during(first_day, last_day, wanted).subquery()
        return int(self._connection.execute(select(func.count()).select_from(found)).scalar_one())

    def areas_during(self, first_day: date, last_day: date, **wanted: Any) -> list[set[int]]:
        """The cells of each signal that touches the days and lies on cells."""
        found = self._during(first_day, last_day, wanted).with_only_columns(self._table.c.id)
        areas: dict[str, set[int]] = defaultdict(set)
        query = select(signal_cell.c.signal_id, signal_cell.c.cell)
        for signal_id, cell in self._connection.execute(
            query.where(signal_cell.c.signal_id.in_(found))
        ):
            areas[signal_id].add(cell)
        return list(areas.values())

    def on_cells(self, cells: Iterable[int]) -> tuple[Signal, ...]:
        """Signals that touch any of the cells."""
        return self.where(id=set(self._connection.execute(_touching(cells)).scalars()))

    def _during(self, first_day: date, last_day: date, wanted: Mapping[str, Any]) -> Select[Any]:
        columns, cells = self._table.c, wanted.get("cells")
        values = {name: value for name, value in wanted.items() if name != "cells"}
        query = self._select(values).where(
            columns.first_day <= last_day, columns.last_day >= first_day
        )
        return query if cells is None else query.where(columns.id.in_(_touching(cells)))

    def _load(self, rows: Iterable[Mapping[Any, Any]]) -> tuple[Signal, ...]:
        found = list(rows)
        cells: dict[str, set[int]] = defaultdict(set)
        query = select(signal_cell.c.signal_id, signal_cell.c.cell).where(
            signal_cell.c.signal_id.in_([row["id"] for row in found])
        )
        for signal_id, cell in self._connection.execute(query):
            cells[signal_id].add(cell)
        return tuple(self._shape.record(row, cells=cells[row["id"]]) for row in found)


def _touching(cells: Iterable[int]) -> Select[tuple[str]]:
    return select(signal_cell.c.signal_id).where(signal_cell.c.cell.in_(list(cells)))
