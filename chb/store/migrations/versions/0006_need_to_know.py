"""Who may see what: grants, trigger dates, wording for partners, and rows kept apart."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from chb.store.row_security import guard_rows

revision = "0006"
down_revision = "0005"

_OF_A_GROUP: Final = (
    "ocg_score",
    "morile_score",
    "ocg_review",
    "nominal",
    "plan",
    "intervention",
    "disruption",
    "intelligence_requirement",
    "partner_request",
    "signal_link",
    "debrief",
    "need_to_know",
)


def upgrade() -> None:
    """Make the table of grants and the columns of secrecy, then keep rows apart."""
    _make_grants()
    op.add_column("plan", sa.Column("trigger_on", sa.Date()))
    op.add_column("intervention", sa.Column("trigger_on", sa.Date()))
    op.add_column(
        "intervention",
        sa.Column("shared_title", sa.String(200), nullable=False, server_default=""),
    )
    op.create_index("uq_ocg_code_lower", "ocg", [sa.text("lower(code)")], unique=True)
    guard_rows(
        op.get_bind(),
        {
            "ocg": "holdfast_sees(id)",
            **dict.fromkeys(_OF_A_GROUP, "holdfast_sees(ocg_id)"),
            "ocg_link": "holdfast_sees(ocg_id) AND holdfast_sees(other_id)",
            "ocg_location": "current_setting('holdfast.ocg_ids', true) = '*' "
            "OR lower(code) IN (SELECT lower(code) FROM ocg)",
            "revision": "(kind <> 'ocg' OR holdfast_sees(record_id)) "
            "AND holdfast_sees(content ->> 'ocg_id') AND holdfast_sees(content ->> 'other_id')",
        },
    )


def _make_grants() -> None:
    op.create_table(
        "need_to_know",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("work_email", sa.String(200), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("place_id", sa.String(36)),
        sa.Column("ocg_id", sa.String(36)),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_need_to_know"),
        sa.UniqueConstraint("id", name="uq_need_to_know_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_need_to_know_place_id_place"),
        sa.ForeignKeyConstraint(["ocg_id"], ["ocg.id"], name="fk_need_to_know_ocg_id_ocg"),
    )
    for column in ("place_id", "ocg_id", "work_email"):
        op.create_index(f"ix_need_to_know_{column}", "need_to_know", [column])
