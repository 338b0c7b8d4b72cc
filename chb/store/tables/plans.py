"""4P plans, their interventions, and the disruption log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String

from chb.store.tables.records import LINE, line, nested, record_table, refers, subject, text, word

plan = record_table(
    "plan",
    Column("place_id", ForeignKey("place.id"), unique=True),
    Column("ocg_id", ForeignKey("ocg.id"), unique=True),
    text("aim"),
    line("lead"),
    Column("starts_on", Date, nullable=False),
    nested("objectives"),
    nested("undeveloped"),
    text("exit_strategy"),
    Column("trigger_on", Date),
)

intervention = record_table(
    "intervention",
    refers("plan", required=True),
    line("title"),
    word("phase"),
    word("pillar"),
    line("lead_agency"),
    Column("is_police_led", Boolean, nullable=False),
    line("owner"),
    text("detail"),
    nested("credited"),
    word("prevent_level", optional=True),
    word("status"),
    Column("starts_on", Date),
    Column("due_on", Date),
    nested("milestones"),
    line("waiting_on"),
    *subject(),
    word("business_part", optional=True),
    nested("asset_ids"),
    text("expected_outcome"),
    text("measure"),
    Column("is_adopted", Boolean, nullable=False),
    line("tactic_key"),
    line("handover_to"),
    Column("handover_on", Date),
    Column("trigger_on", Date),
    Column("shared_title", String(LINE), nullable=False, server_default=""),
    Index("ix_intervention_owner", "owner", "status"),
)

disruption = record_table(
    "disruption",
    Column("happened_on", Date, nullable=False, index=True),
    text("what"),
    word("level"),
    word("pillar"),
    line("agency"),
    *subject(),
    refers("intervention"),
    nested("credited"),
    nested("impact"),
    nested("moderations"),
    line("reference", index=True),
)
