"""How a record lies in a row: words, numbers and days in columns, what is nested as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, Table

from chb.domain.records import Record

RecordT = TypeVar("RecordT", bound=Record)

_ADAPTERS: Final[dict[type, TypeAdapter[Any]]] = {}
_COLUMNS: Final[dict[type, tuple[tuple[str, ...], frozenset[str]]]] = {}
"""By class: records of one kind lie in one table."""


class Shape(Generic[RecordT]):
    """Turns records of one kind into rows of one table and back.

    A field without a column of its name is left to the repository that knows where it lies.
    """

    def __init__(self, cls: type[RecordT], table: Table) -> None:
        self._adapter: TypeAdapter[RecordT] = _adapter(cls)
        self._names, self._nested = _columns(cls, table)

    def row(self, record: RecordT) -> dict[str, Any]:
        """Values by column."""
        plain = self.plain(record)
        return {
            name: plain[name] if name in self._nested else _bare(getattr(record, name))
            for name in self._names
        }

    def record(self, row: Mapping[Any, Any], **elsewhere: Any) -> RecordT:
        """The record of a row; ``elsewhere`` are the fields that have no column."""
        return self._adapter.validate_python({name: row[name] for name in self._names} | elsewhere)

    def made(self, values: Mapping[str, Any]) -> RecordT:
        """The record of plain values, as ``plain`` gives them."""
        return self._adapter.validate_python(dict(values))

    def plain(self, record: RecordT) -> dict[str, Any]:
        """Plain values for JSON, all fields."""
        values: dict[str, Any] = self._adapter.dump_python(record, mode="json")
        return values


def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """Made once: a transaction has every kind of record, and making takes milliseconds."""
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def _columns(cls: type[Any], table: Table) -> tuple[tuple[str, ...], frozenset[str]]:
    """Fields that have a column, and those whose column is nested: looked up once as well."""
    if cls not in _COLUMNS:
        names = tuple(each.name for each in fields(cls) if each.name in table.c)
        nested = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
        _COLUMNS[cls] = names, nested
    return _COLUMNS[cls]


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
