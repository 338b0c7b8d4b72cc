"""Intelligence requirements, partner requests, and partner signals with their cells."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Table

from chb.store.tables.base import metadata
from chb.store.tables.records import line, nested, record_table, refers, subject, text, word

intelligence_requirement = record_table(
    "intelligence_requirement",
    text("question"),
    text("drives"),
    word("need"),
    *subject(),
    text("known_already"),
    nested("collection"),
    line("owner", index=True),
    Column("due_on", Date),
    text("answer"),
    Column("answered_on", Date),
)

partner_request = record_table(
    "partner_request",
    line("agency"),
    word("heading"),
    text("question"),
    line("asked_by", index=True),
    Column("asked_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    *subject(),
    refers("intelligence_requirement", "requirement_id"),
    nested("replies"),
    Column("is_closed", Boolean, nullable=False),
)

signal = record_table(
    "signal",
    line("agency"),
    word("category"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False, index=True),
    line("area_name"),
    nested("answers"),
)

signal_cell = Table(
    "signal_cell",
    metadata,
    Column("signal_id", ForeignKey("signal.id", ondelete="CASCADE"), primary_key=True),
    Column("cell", BigInteger, primary_key=True, index=True),
)

signal_link = record_table(
    "signal_link",
    refers("signal", required=True),
    *subject(),
    text("note"),
)
