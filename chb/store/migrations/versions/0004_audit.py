"""The audit chain: what was done by whom, linked row to row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chb.store.audit.guards import guard_audit

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, then guard them."""
    lines = ("object_kind", "object_id", "recipient")
    hashes = ("commitment", "prev", "hash")
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        *(sa.Column(name, sa.String(200), nullable=False) for name in lines),
        sa.Column("purpose", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in hashes),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("hash", name="uq_audit_hash"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_person", "audit", ["person"])
    op.create_index("ix_audit_object", "audit", ["object_kind", "object_id"])
    op.create_table(
        "audit_body",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_body"),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name="fk_audit_body_seq_audit"),
    )
    guard_audit(op.get_bind())
