"""The decision log and what each decision is about."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

decision = Table(
    "decision",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("taken_on", Date, nullable=False),
    Column("what", Text, nullable=False),
    Column("rationale", Text, nullable=False),
    Column("not_doing", Text, nullable=False),
    Column("not_doing_why", Text, nullable=False),
    Column("business_area", String(40), nullable=False),
    Column("approach", String(40), nullable=False),
    Column("focus", String(40), nullable=False),
    Column("information_protocol", Text, nullable=False),
    Column("corrects", ForeignKey("decision.id"), unique=True),
    Column("is_sample", Boolean, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

decision_link = Table(
    "decision_link",
    metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("kind", String(30), primary_key=True),
    Column("reference", String(200), primary_key=True),
    Index("ix_decision_link_reference", "kind", "reference"),
)
