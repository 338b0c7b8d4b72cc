"""Reviews of what is kept, holds on it, and what is left of what was disposed of."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from chb.store.tables.base import metadata
from chb.store.tables.records import LINE, WORD, line, record_table, refers, text, word
from chb.store.types import UtcDateTime

legal_hold = record_table(
    "legal_hold",
    word("record_kind"),
    line("record_id", index=True),
    refers("ocg"),
    text("why"),
    line("placed_by"),
    Column("placed_on", Date, nullable=False),
    line("lifted_by"),
    Column("lifted_on", Date),
    text("lifted_why"),
)

retention_review = record_table(
    "retention_review",
    word("record_kind"),
    line("record_id", index=True),
    refers("ocg"),
    word("outcome"),
    Column("held_on", Date, nullable=False),
    Column("keep_until", Date),
    text("why"),
)

disposal = Table(
    "disposal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String(WORD), nullable=False),
    Column("record_id", String(LINE), nullable=False),
    Column("disposed_by", String(LINE), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("number", Integer),  # of a decision: it is not given to another
    Index("ix_disposal_record", "kind", "record_id"),
)
