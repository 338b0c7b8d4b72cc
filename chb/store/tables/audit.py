"""The audit log, and the contents of its rows in a table of their own so that they can be erased.

Moments are text, because what is hashed must come back to the last digit from either database.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from chb.store.tables.base import metadata

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("person", String(200), nullable=False),
    Column("action", String(20), nullable=False),
    Column("object_kind", String(200), nullable=False),
    Column("object_id", String(200), nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_audit_at", "at"),
    Index("ix_audit_person", "person"),
    Index("ix_audit_object", "object_kind", "object_id"),
)

audit_body = Table(
    "audit_body",
    metadata,
    Column("seq", ForeignKey("audit.seq"), primary_key=True, autoincrement=False),
    Column("salt", String(32), nullable=False),
    Column("body", Text, nullable=False),
)
