"""Who was let in on what: by whom it was shared, or by signing an indoctrination."""

from __future__ import annotations

from sqlalchemy import Column, Date

from chb.store.tables.records import line, record_table, subject, text, word

need_to_know = record_table(
    "need_to_know",
    line("work_email", index=True),
    word("basis"),
    *subject(),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    text("note"),
)
