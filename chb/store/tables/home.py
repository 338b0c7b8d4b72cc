"""When each person last looked at their first page, and how far their first tour is."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, String, Table

from chb.store.tables.base import metadata
from chb.store.tables.records import LINE
from chb.store.types import UtcDateTime

home_visit = Table(
    "home_visit",
    metadata,
    Column("person", String(LINE), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime),
    Column("tour_is_away", Boolean, nullable=False),
    Column("tour_done", JSON, nullable=False),
)
