"""Community assets."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, String, Table, Text

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

asset = Table(
    "asset",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(60), nullable=False, index=True),
    Column("longitude", Float, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", String(10), nullable=False),
    Column("contact_role", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("sessions", JSON, nullable=False),
    Column("verified_on", Date),
    Column("is_sample", Boolean, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)
