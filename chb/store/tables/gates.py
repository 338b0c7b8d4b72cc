"""Checklists of the gates, every version of them, and the evidence recorded against their items."""

from __future__ import annotations

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

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

gate_checklist = Table(
    "gate_checklist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("gate", String(40), nullable=False),
    Column("scope", String(36), nullable=False),  # a place, or empty for the partnership's own
    Column("version", Integer, nullable=False),
    Column("items", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    UniqueConstraint("gate", "version"),
    Index("ix_gate_checklist_scope", "scope"),
)

gate_evidence = Table(
    "gate_evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_id", ForeignKey("place.id"), nullable=False),
    Column("gate", String(40), nullable=False),
    Column("item_key", String(40), nullable=False),
    Column("checklist_version", Integer, nullable=False),
    Column("is_met", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("figure", JSON(none_as_null=True)),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Index("ix_gate_evidence_place_id", "place_id", "gate"),
)
