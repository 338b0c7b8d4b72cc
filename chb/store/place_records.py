"""Names, openings, relations and ties of places in the database: rows are only ever added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from enum import Enum
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, insert, select

from chb.domain.places.records import (
    Entry,
    NameEntry,
    Opening,
    Relation,
    RelationKind,
    Tie,
    TieKind,
)
from chb.store.tables.places import place_name, place_opening, place_relation, place_tie

AnyEntry = TypeVar("AnyEntry", bound=Entry)

_TABLES: Final[dict[type[Entry], Table]] = {
    NameEntry: place_name,
    Opening: place_opening,
    Relation: place_relation,
    Tie: place_tie,
}
_KINDS: Final[dict[type[Entry], type[Enum]]] = {Relation: RelationKind, Tie: TieKind}


def add_entry(connection: Connection, place_id: str, entry: Entry) -> None:
    """Save one entry of a place."""
    values = {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}
    connection.execute(insert(_TABLES[type(entry)]).values(place_id=place_id, **values))


def entries_of(
    connection: Connection,
    kind: type[AnyEntry],
    place_ids: Select[tuple[str]],
    *conditions: ColumnElement[bool],
) -> dict[str, tuple[AnyEntry, ...]]:
    """Entries of one kind by place, oldest first; a place without any is absent."""
    table = _TABLES[kind]
    query = select(table).where(table.c.place_id.in_(place_ids), *conditions).order_by(table.c.id)
    found: dict[str, list[AnyEntry]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        values: dict[str, Any] = dict(row)
        values.pop("id")
        place_id = values.pop("place_id")
        if kind in _KINDS:
            values["kind"] = _KINDS[kind](values["kind"])
        found[place_id].append(kind(**values))
    return {place_id: tuple(entries) for place_id, entries in found.items()}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
