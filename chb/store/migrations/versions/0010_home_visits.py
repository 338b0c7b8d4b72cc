"""When each person last looked at Home; versions of records are found by when they were saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table of visits, and the index that what changed since one is found by."""
    op.create_table(
        "home_visit",
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("tour_is_away", sa.Boolean(), nullable=False),
        sa.Column("tour_done", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_home_visit"),
    )
    op.create_index("ix_revision_kind_recorded_at", "revision", ["kind", "recorded_at"])
