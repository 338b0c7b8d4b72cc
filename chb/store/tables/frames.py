"""Frames that are stored as files, and the imports they came from."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

stored_frame = Table(
    "stored_frame",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("name", String(300), nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("n_rows", Integer, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "name"),
    Index("ix_stored_frame_source_sha256", "source_sha256"),
)

import_record = Table(
    "import_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("report", JSON, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
)
