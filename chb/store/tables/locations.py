"""Where organised crime groups are thought to be."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Integer, String, Table, Text

from chb.store.tables.base import metadata

ocg_location = Table(
    "ocg_location",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(40), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("longitude", Float, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("radius_m", Float, nullable=False),
    Column("confidence", String(10), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("source", Text, nullable=False),
    Column("handling", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("is_sample", Boolean, nullable=False),
)
