"""Which saved versions of a record a scope may read: each by what it said itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    FromClause,
    String,
    Table,
    cast,
    select,
    type_coerce,
)

from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.visibility import visible


def visible_then(unit: Unit, table: Table, *among: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition under which the scope may read a saved version of a record of the table.

    Each version is held to the rule of its table by what it said itself: whoever may see a
    record as it is now need not know what it was linked to before. ``among`` narrows the
    versions that are looked at.
    """
    was = _as_it_was(unit, table, among)
    return revision.c.seq.in_(select(was.c.seq).where(visible(unit, table, was)))


def _as_it_was(unit: Unit, table: Table, among: Iterable[ColumnElement[bool]]) -> FromClause:
    """Saved versions in the columns of their table, as far as rules look at them."""
    said = [
        _said(unit, column).label(column.name)
        for column in table.c
        if isinstance(column.type, String | Date)
    ]
    versions = select(revision.c.seq, *said).where(revision.c.kind == table.name, *among)
    return versions.subquery("was")


def _said(unit: Unit, column: Column[Any]) -> ColumnElement[Any]:
    """A value of a version, of its column's type. SQLite keeps days as the text they are."""
    text: ColumnElement[Any] = revision.c.content[column.name].as_string()
    if not isinstance(column.type, Date):
        return text
    is_postgresql = unit.connection.dialect.name == "postgresql"
    return cast(text, Date) if is_postgresql else type_coerce(text, Date)
