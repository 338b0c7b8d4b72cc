"""A store as a county's partnership fills it in years: the same rows in every run.

Rows are put in bulk, since saving 200,000 versions one form at a time would take
hours. Each is what the service of its kind would have written, and the database
holds them to all its rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select

from chb.domain.access.scope import OPERATOR
from chb.domain.records import Record
from chb.store.shapes import Shape
from chb.store.store import Store
from chb.store.tables import intelligence, ocg_register, partnership
from chb.store.tables import plans as plan_tables
from chb.store.tables.records import revision
from tests.bench import filled_records as filled

N_REVISIONS: Final = 200_000
_VERSIONS_OF_WORK: Final = 9
"""Interventions are what people edit most; what is still missing then is edits of groups."""
_AT_ONCE: Final = 2_000


def fill(store: Store) -> int:
    """Fill an empty store; the number of saved versions, one a row of its history."""
    with store.writing(OPERATOR) as tx:
        tx.people.put(filled.people(), source_sha256="")
        for place in filled.places():
            tx.places.add(place)
        for decision in filled.decisions():
            tx.decisions.add(decision)
    with store.connection(OPERATOR, writes=True) as connection:
        for table, records in _by_table():
            _put(connection, table, records, n_versions=_versions(table))
        _put_cells(connection)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")  # as its own housekeeping would have by then
    with store.connection(OPERATOR, writes=False) as connection:
        return int(connection.execute(select(func.count()).select_from(revision)).scalar_one())


def _by_table() -> Iterator[tuple[Table, Sequence[Record]]]:
    """Records of every kind; what refers to another comes after it."""
    yield ocg_register.ocg, filled.ocgs()
    yield ocg_register.ocg_score, filled.scores()
    yield ocg_register.ocg_review, filled.reviews()
    yield ocg_register.nominal, filled.nominals()
    yield plan_tables.plan, filled.plans()
    yield plan_tables.intervention, filled.interventions()
    yield plan_tables.disruption, filled.disruptions()
    yield intelligence.intelligence_requirement, filled.requirements()
    yield intelligence.partner_request, filled.partner_requests()
    yield intelligence.signal, filled.signals()
    yield intelligence.signal_link, filled.signal_links()
    yield partnership.stakeholder, filled.stakeholders()
    yield partnership.meeting, filled.meetings()
    yield partnership.debrief, filled.debriefs()


def _versions(table: Table) -> int:
    """How often the records of a table were saved."""
    if table is plan_tables.intervention:
        return _VERSIONS_OF_WORK
    if table is not ocg_register.ocg:
        return 1
    others = sum(len(records) * _versions(each) for each, records in _by_table() if each != table)
    return -((others - N_REVISIONS) // filled.N_OCGS)


def _put(
    connection: Connection, table: Table, records: Sequence[Record], *, n_versions: int
) -> None:
    shape: Shape[Any] = Shape(type(records[0]), table)
    kept = [replace(record, version=n_versions) for record in records]
    _insert(connection, table, (shape.row(record) | {"is_sample": False} for record in kept))
    _insert(
        connection,
        revision,
        (
            _revision(table, shape.plain(replace(record, version=version)), version)
            for record in records
            for version in range(1, n_versions + 1)
        ),
    )


def _revision(table: Table, content: dict[str, Any], version: int) -> dict[str, Any]:
    return {
        "kind": table.name,
        "record_id": content["id"],
        "version": version,
        "content": content,
        "reason": "Agreed at the weekly meeting",
        "recorded_by": filled.BY,
        "recorded_at": filled.NOW + timedelta(minutes=version),
        "is_sample": False,
    }


def _put_cells(connection: Connection) -> None:
    rows = (
        {"signal_id": signal.id, "cell": cell}
        for signal in filled.signals()
        for cell in sorted(signal.cells)
    )
    _insert(connection, intelligence.signal_cell, rows)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    some = list(rows)
    for start in range(0, len(some), _AT_ONCE):
        connection.execute(insert(table), some[start : start + _AT_ONCE])
