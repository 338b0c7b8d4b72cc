"""Words that were typed and not sent yet, one row for each form of each person."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from chb.store.tables.base import metadata
from chb.store.tables.records import LINE
from chb.store.types import UtcDateTime

draft = Table(
    "draft",
    metadata,
    Column("person", String(LINE), primary_key=True),
    Column("form", String(LINE), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
