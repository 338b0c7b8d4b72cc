"""Rows for a database of any schema, made from the schema itself, and all it holds as one value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    insert,
)

from chb.domain.access.scope import OPERATOR
from chb.store.audit.chain import GENESIS
from chb.store.migrate import current_revision
from chb.store.row_security import tell_scope
from chb.store.rows import reset_numbering, rows_of
from chb.store.writes import WRITES

N_ROWS = 3
ODD = "O'Neil <b> 🎈"
_FIRST_DAY = date(2025, 1, 1)
_CELL = 0x8F1FB46622D8591

Contents = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
"""Rows by column, under their key, under their table."""


def fill_every_table(engine: Engine) -> None:
    """Put rows in every table there is, each in its turn referring to those of the others."""
    tables = _reflected(engine)
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        tell_scope(connection, OPERATOR)
        for table in tables.sorted_tables:
            for at in range(N_ROWS):
                connection.execute(insert(table).values(_row(connection, table, at)))
            reset_numbering(connection, table)


def contents(engine: Engine, tables: MetaData | None = None) -> Contents:
    """Every row of every table, of those found when none are named."""
    tables = _reflected(engine) if tables is None else tables
    with engine.connect() as connection:
        tell_scope(connection, OPERATOR)
        return {
            table.name: {
                tuple(row[key.name] for key in table.primary_key.columns): row
                for some in rows_of(connection, table)
                for row in some
            }
            for table in tables.sorted_tables
        }


def schema(engine: Engine) -> tuple[str | None, dict[str, list[str]]]:
    """The revision, and the columns of every table."""
    tables = _reflected(engine)
    with engine.connect() as connection:
        revision = current_revision(connection)
    return revision, {table.name: table.columns.keys() for table in tables.sorted_tables}


def _reflected(engine: Engine) -> MetaData:
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _: name != "alembic_version")
    return tables


def _row(connection: Connection, table: Table, at: int) -> dict[str, Any]:
    is_sqlite = connection.dialect.name == "sqlite"
    row = {column.name: _value(column, at, is_sqlite=is_sqlite) for column in table.columns}
    if table.name == "audit":  # each row of the chain names the one before it
        row["prev"] = GENESIS if at == 0 else _value(table.c.hash, at - 1, is_sqlite=is_sqlite)
    return row


def _value(column: Column[Any], at: int, *, is_sqlite: bool) -> Any:
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        return _value(key.column, at, is_sqlite=is_sqlite)
    moment = datetime(2025, 1, 1 + at, 9, 30, tzinfo=None if is_sqlite else UTC)
    values: tuple[tuple[type, Any], ...] = (
        (JSON, {"words": [ODD, at]}),
        (Boolean, at == 1),
        (DateTime, moment),
        (Date, _FIRST_DAY.replace(day=1 + at)),
        (Float, at + 0.5),
        (Integer, at + (_CELL if column.name == "cell" else 1)),
        (String, f"{at} {column.table.name} {column.name} {ODD}"),
    )
    value = next(value for kind, value in values if isinstance(column.type, kind))
    longest = getattr(column.type, "length", None)
    return value[:longest] if isinstance(value, str) else value
