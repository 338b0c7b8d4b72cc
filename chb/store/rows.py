"""Rows of any table on their way out of one database and into another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Date, DateTime, Integer, Table, func, insert, select, text
from sqlalchemy.types import TypeDecorator

Row = dict[str, Any]
AT_ONCE: Final = 2_000
"""Rows held in memory at a time."""


def rows_of(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """Every row of a table in the order of its key, some at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execute(query.execution_options(yield_per=AT_ONCE))
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


def add_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows; those that refer to others of their own table come after them."""
    some: list[Row] = []
    for row in _parents_first(table, rows):
        some.append(row)
        if len(some) == AT_ONCE:
            connection.execute(insert(table), some)
            some = []
    if some:
        connection.execute(insert(table), some)


def count_of(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def to_json(row: Row) -> Row:
    """The row with days and moments as ISO 8601 text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }


def from_json(table: Table, row: Row) -> Row:
    """The reverse of ``to_json`` for a table whose columns are known."""
    return {name: _value(table.columns[name].type, value) for name, value in row.items()}


def reset_numbering(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after the last one; SQLite does so by itself."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite" or len(keys) != 1:
        return
    if not isinstance(keys[0].type, Integer) or keys[0].foreign_keys:
        return
    last = connection.execute(select(func.max(keys[0]))).scalar_one()
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:table, :key), :last, :used)"),
        {"table": table.name, "key": keys[0].name, "last": last or 1, "used": last is not None},
    )


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, TypeDecorator):
        return datetime.fromisoformat(value)
    if isinstance(kind, DateTime):  # as SQLite reflects it: without a zone, meaning UTC
        return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _parents_first(table: Table, rows: Iterable[Row]) -> Iterable[Row]:
    own = [key for key in table.foreign_keys if key.column.table is table]
    if not own:
        return rows
    (key,) = own
    children: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        children[row[key.parent.name]].append(row)
    return _descent(children, key.column.name)


def _descent(children: dict[Any, list[Row]], key: str) -> Iterator[Row]:
    waiting = list(children.get(None, ()))
    while waiting:
        row = waiting.pop()
        yield row
        waiting.extend(children.get(row[key], ()))
