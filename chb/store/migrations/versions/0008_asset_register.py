"""The register of assets: versions, whom they serve, contacts, batches with their undoing."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from chb.store.append_only import guard_history

revision = "0008"
down_revision = "0007"

_Column = sa.Column[object]

_OF_SAMPLE_BATCH: Final = (
    "EXISTS (SELECT 1 FROM asset_batch WHERE asset_batch.id = OLD.batch_id "
    "AND asset_batch.is_sample)"
)
_LEAVES: Final = {
    "asset_contact": "OLD.is_sample OR EXISTS (SELECT 1 FROM disposal "
    "WHERE disposal.kind = 'asset_contact' AND disposal.record_id = OLD.id)",
    "asset_batch": "OLD.is_sample",
    "asset_batch_item": _OF_SAMPLE_BATCH,
    "asset_batch_undo": _OF_SAMPLE_BATCH,
}
"""When a row of each history may go."""


def upgrade() -> None:
    """Widen the table of assets, make those beside it, and guard what is history."""
    for column in _new_columns():
        op.add_column("asset", column)
    _make_contacts()
    _make_batches()
    _make_pairs()
    _make_column_maps()
    connection = op.get_bind()
    for table, condition in _LEAVES.items():
        guard_history(connection, table, sample=condition)


def _new_columns() -> list[_Column]:
    return [
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        _list("services"),
        sa.Column("youngest", sa.Integer()),
        sa.Column("oldest", sa.Integer()),
        _empty_text("cost"),
        _empty_text("access_needs"),
        sa.Column("capacity", sa.Integer()),
        _empty_text("opening_text"),
        _list("outline"),
        sa.Column("reach_m", sa.Float()),
        sa.Column("accepts_referrals", sa.Boolean()),
        _list("ps"),
        _list("phases"),
        sa.Column("status", sa.String(40), nullable=False, server_default="found"),
        sa.Column("engaged_by", sa.String(200), nullable=False, server_default=""),
        sa.Column("engaged_on", sa.Date()),
        sa.Column("merged_into", sa.String(36), nullable=False, server_default=""),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    ]


def _make_contacts() -> None:
    op.create_table(
        "asset_contact",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.String(36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        _line("by"),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_asset_contact"),
        sa.UniqueConstraint("id", name="uq_asset_contact_id"),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name="fk_asset_contact_asset_id_asset"),
    )
    op.create_index("ix_asset_contact_asset_id", "asset_contact", ["asset_id"])


def _make_batches() -> None:
    op.create_table(
        "asset_batch",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        _line("by"),
        _moment("made_at"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_asset_batch"),
        sa.UniqueConstraint("id", name="uq_asset_batch_id"),
    )
    op.create_table(
        "asset_batch_item",
        sa.Column("batch_id", sa.String(36), nullable=False),
        sa.Column("asset_id", sa.String(36), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "asset_id", name="pk_asset_batch_item"),
        _of_batch("asset_batch_item"),
    )
    op.create_table(
        "asset_batch_undo",
        sa.Column("batch_id", sa.String(36), nullable=False),
        _line("undone_by"),
        _moment("undone_at"),
        sa.PrimaryKeyConstraint("batch_id", name="pk_asset_batch_undo"),
        _of_batch("asset_batch_undo"),
    )


def _make_pairs() -> None:
    op.create_table(
        "asset_pair_apart",
        sa.Column("one_id", sa.String(36), nullable=False),
        sa.Column("other_id", sa.String(36), nullable=False),
        _line("decided_by"),
        _moment("decided_at"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_asset_pair_apart"),
    )


def _make_column_maps() -> None:
    op.create_table(
        "asset_column_map",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        _line("saved_by"),
        _moment("saved_at"),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_asset_column_map"),
    )


_COUNTS: Final = ("n_added", "n_changed", "n_closed")


def _of_batch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["batch_id"], ["asset_batch.id"], name=f"fk_{table}_batch_id_asset_batch"
    )


def _list(name: str) -> _Column:
    return sa.Column(name, sa.JSON(), nullable=False, server_default="[]")


def _empty_text(name: str) -> _Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _line(name: str) -> _Column:
    return sa.Column(name, sa.String(200), nullable=False)


def _moment(name: str) -> _Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
