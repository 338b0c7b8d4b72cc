"""Requests that were saved, so that a form sent twice makes one thing."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

saved_request = Table(
    "saved_request",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("result_id", String(36), nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
