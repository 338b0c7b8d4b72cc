"""What every table of records has, and the revisions of all of them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

WORD: Final = 40
"""Longest word of a vocabulary."""
LINE: Final = 200
"""Longest line; the domain's LONGEST_LINE."""

revision = Table(
    "revision",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String(WORD), nullable=False),
    Column("record_id", String(36), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(LINE), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    UniqueConstraint("kind", "record_id", "version"),
    Index("ix_revision_kind_recorded_at", "kind", "recorded_at"),
)


def record_table(name: str, *items: SchemaItem) -> Table:
    """A table of records: a number for their order, id and version first, the sample flag last."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True),
        Column("id", String(36), nullable=False, unique=True),
        Column("version", Integer, nullable=False),
        *items,
        Column("is_sample", Boolean, nullable=False),
    )


def refers(table: str, name: str = "", *, required: bool = False) -> Column[Any]:
    """A column that names a record of another table, with an index to find what hangs on it."""
    return Column(
        name or f"{table}_id", ForeignKey(f"{table}.id"), nullable=not required, index=True
    )


def subject() -> tuple[Column[Any], Column[Any]]:
    """The place and the OCG a record is about, either of which may be absent."""
    return refers("place"), refers("ocg")


def line(name: str, *, unique: bool = False, index: bool = False) -> Column[Any]:
    """One line of text, never absent."""
    return Column(name, String(LINE), nullable=False, unique=unique, index=index)


def word(name: str, *, optional: bool = False) -> Column[Any]:
    """A word of a vocabulary."""
    return Column(name, String(WORD), nullable=optional)


def text(name: str) -> Column[Any]:
    """Text of any length, never absent."""
    return Column(name, Text, nullable=False)


def nested(name: str) -> Column[Any]:
    """A list, or what has parts of its own."""
    return Column(name, JSON, nullable=False)
