"""Places: what they are called, their cells, and what was recorded about them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

place = Table(
    "place",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("area_name", String(200), nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)

place_boundary = Table(
    "place_boundary",
    metadata,
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("resolution", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("change", String(20), nullable=False, server_default="drawn"),
    Column("recorded_by", String(200), nullable=False, server_default=""),
)

place_cell = Table(
    "place_cell",
    metadata,
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
    Column("boundary_version", Integer, primary_key=True),
    Column("cell", BigInteger, primary_key=True),
    Index("ix_place_cell_cell", "cell"),
)

intensity_change = Table(
    "intensity_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("phase", String(10), nullable=False),
    Column("intensity", String(20), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("gate", String(40)),
    Column("gate_version", Integer),
    Column("gate_open_items", JSON(none_as_null=True)),
)

place_name = Table(
    "place_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

place_opening = Table(
    "place_opening",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id"), nullable=False, index=True),
    Column("is_open", Boolean, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

place_relation = Table(
    "place_relation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("other_place_id", ForeignKey("place.id"), nullable=False, index=True),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

place_tie = Table(
    "place_tie",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id"), nullable=False, index=True),
    Column("tie_id", String(36), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("subject", Text, nullable=False),
    Column("is_added", Boolean, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Index("ix_place_tie_subject", "kind", "subject"),
)
