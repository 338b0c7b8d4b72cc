"""Community assets, the log of contacts with them, and changes of many at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    false,
)

from chb.store.tables.base import metadata
from chb.store.tables.records import LINE, WORD, line, record_table, refers, text, word
from chb.store.types import UtcDateTime


def _added_text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, server_default="")


def _added_list(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False, server_default="[]")


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
    Column("version", Integer, nullable=False, server_default="1"),
    _added_list("services"),
    Column("youngest", Integer),
    Column("oldest", Integer),
    _added_text("cost"),
    _added_text("access_needs"),
    Column("capacity", Integer),
    _added_text("opening_text"),
    _added_list("outline"),
    Column("reach_m", Float),
    Column("accepts_referrals", Boolean),
    _added_list("ps"),
    _added_list("phases"),
    Column("status", String(WORD), nullable=False, server_default="found"),
    Column("engaged_by", String(LINE), nullable=False, server_default=""),
    Column("engaged_on", Date),
    Column("merged_into", String(36), nullable=False, server_default=""),
    Column("is_withdrawn", Boolean, nullable=False, server_default=false()),
)

asset_contact = record_table(
    "asset_contact",
    refers("asset", required=True),
    Column("on", Date, nullable=False),
    line("by"),
    word("how"),
    word("outcome"),
    text("note"),
    Column("next_on", Date),
)

asset_batch = Table(
    "asset_batch",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    word("kind"),
    text("title"),
    line("by"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("n_added", Integer, nullable=False),
    Column("n_changed", Integer, nullable=False),
    Column("n_closed", Integer, nullable=False),
    Column("is_sample", Boolean, nullable=False),
)

asset_batch_item = Table(
    "asset_batch_item",
    metadata,
    Column("batch_id", ForeignKey("asset_batch.id"), primary_key=True),
    Column("asset_id", String(36), primary_key=True),
    Column("before", Integer, nullable=False),  # version; 0 where the batch added it
    Column("after", Integer, nullable=False),
)

asset_batch_undo = Table(
    "asset_batch_undo",
    metadata,
    Column("batch_id", ForeignKey("asset_batch.id"), primary_key=True),
    line("undone_by"),
    Column("undone_at", UtcDateTime, nullable=False),
)

asset_pair_apart = Table(
    "asset_pair_apart",
    metadata,
    Column("one_id", String(36), primary_key=True),
    Column("other_id", String(36), primary_key=True),
    line("decided_by"),
    Column("decided_at", UtcDateTime, nullable=False),
)

asset_column_map = Table(
    "asset_column_map",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("columns", JSON, nullable=False),
    line("saved_by"),
    Column("saved_at", UtcDateTime, nullable=False),
)
