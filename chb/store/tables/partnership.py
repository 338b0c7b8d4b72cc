"""The partnership: stakeholder groups, meetings, referral pathways, debriefs."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer

from chb.store.tables.records import line, nested, record_table, refers, subject, text, word

stakeholder = record_table(
    "stakeholder",
    refers("place", required=True),
    line("agency"),
    word("sector"),
    line("contact_role"),
    line("contact_email"),
    Column("isa_signed_on", Date),
    Column("isa_review_on", Date),
    Column("indoctrinated_on", Date),
    text("can_offer"),
)

meeting = record_table(
    "meeting",
    refers("place", required=True),
    Column("held_on", Date, nullable=False),
    line("purpose"),
    nested("present"),
    nested("apologies"),
    text("notes"),
)

referral_pathway = record_table(
    "referral_pathway",
    line("organisation"),
    word("kind"),
    nested("needs"),
    line("area_name"),
    text("how_to_refer"),
    line("contact_role"),
    Column("youngest", Integer),
    Column("oldest", Integer),
    word("prevent_level", optional=True),
    Column("verified_on", Date),
)

debrief = record_table(
    "debrief",
    line("title"),
    Column("held_on", Date, nullable=False),
    text("worked"),
    *subject(),
    word("phase", optional=True),
    text("repeat"),
    text("change"),
    text("new_intelligence"),
    nested("thanks"),
    line("owner"),
)
