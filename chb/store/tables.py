"""The tables, as SQLAlchemy sees them; migrations make them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from chb.store.types import UtcDateTime

HEAD: Final = "0001"
"""Newest migration. A test holds it equal to what Alembic finds."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)

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
)

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
    UniqueConstraint("work_email", name="uq_person_work_email"),
)

saved_request = Table(
    "saved_request",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("result_id", String(36), nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
