"""The OCG register: groups, scorings, reviews, members, links. Restricted."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index
from sqlalchemy import text as text_of

from chb.store.tables.records import line, nested, record_table, refers, text, word

ocg = record_table(
    "ocg",
    line("code", unique=True),
    line("lro"),
    Column("tasked_on", Date, nullable=False),
    word("category"),
    word("model"),
    text("summary"),
    nested("commodities"),
    nested("business_model"),
    nested("intelligence_gaps"),
    word("status"),
    # A code in other letters would open what goes by the code, its locations among it.
    Index("uq_ocg_code_lower", text_of("lower(code)"), unique=True),
)

ocg_score = record_table(
    "ocg_score",
    refers("ocg", required=True),
    word("band"),
    word("tier"),
    word("p_band", optional=True),
    Column("assessed_on", Date, nullable=False),
    line("assessor"),
    text("reason"),
)

morile_score = record_table(
    "morile_score",
    refers("ocg", required=True),
    Column("score", Float, nullable=False),
    Column("assessed_on", Date, nullable=False),
    line("assessor"),
    line("source"),
)

ocg_review = record_table(
    "ocg_review",
    refers("ocg", required=True),
    word("kind"),
    Column("held_on", Date, nullable=False),
    text("why"),
    text("findings"),
)

nominal = record_table(
    "nominal",
    refers("ocg", required=True),
    line("reference"),
    word("role"),
    line("function"),
    word("status"),
    nested("family"),
    text("note"),
)

ocg_link = record_table(
    "ocg_link",
    refers("ocg", required=True),
    refers("ocg", "other_id", required=True),
    word("kind"),
    Column("since", Date),
    text("note"),
)
