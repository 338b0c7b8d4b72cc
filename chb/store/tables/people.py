"""People of the partnership."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, UniqueConstraint

from chb.store.tables.base import metadata

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("agency", String(200), nullable=False),
    Column("role", String(100), nullable=False),
    Column("work_email", String(200), nullable=False),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("is_sample", Boolean, nullable=False),
    Column("left_on", Date),
    UniqueConstraint("work_email", name="uq_person_work_email"),
)
