"""Review, retention, disposal; drafts. History may leave where its disposal is recorded."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from chb.store.append_only import IS_SAMPLE_PLACE, guard_history, unguard_history
from chb.store.row_security import keep_rows_apart

revision = "0007"
down_revision = "0006"

_Column = sa.Column[object]

_NEVER: Final = "1 = 0"
_DISPOSED: Final = (
    "EXISTS (SELECT 1 FROM disposal WHERE disposal.kind = {kind} AND disposal.record_id = {id})"
)
_RECORDS_ONLY_ADDED: Final = ("ocg_score", "morile_score", "ocg_review", "signal")
_LEAVES: Final = {
    **{
        table: ("OLD.is_sample", _DISPOSED.format(kind=f"'{table}'", id="OLD.id"))
        for table in _RECORDS_ONLY_ADDED
    },
    "revision": ("OLD.is_sample", _DISPOSED.format(kind="OLD.kind", id="OLD.record_id")),
    "decision": ("OLD.is_sample", _DISPOSED.format(kind="'decision'", id="OLD.id")),
    "decision_link": (
        "EXISTS (SELECT 1 FROM decision WHERE decision.id = OLD.decision_id "
        "AND decision.is_sample)",
        _DISPOSED.format(kind="'decision'", id="OLD.decision_id"),
    ),
    "place_tie": (
        IS_SAMPLE_PLACE.format(column="place_id"),
        _DISPOSED.format(kind="'place_tie'", id="OLD.tie_id"),
    ),
}
"""For each history, what was let go before, and what is besides from now on."""


def upgrade() -> None:
    """Make the tables, keep their rows apart, and guard history anew."""
    _make(
        "legal_hold",
        _text("why"),
        _line("placed_by"),
        _day("placed_on", required=True),
        _line("lifted_by"),
        _day("lifted_on"),
        _text("lifted_why"),
    )
    _make(
        "retention_review",
        sa.Column("outcome", sa.String(40), nullable=False),
        _day("held_on", required=True),
        _day("keep_until"),
        _text("why"),
    )
    _make_disposals()
    _make_drafts()
    connection = op.get_bind()
    apart = dict.fromkeys(("legal_hold", "retention_review"), "holdfast_sees(ocg_id)")
    keep_rows_apart(connection, apart)
    guard_history(connection, "disposal", sample=_NEVER)
    for table, conditions in _LEAVES.items():
        unguard_history(connection, table)
        guard_history(connection, table, sample=" OR ".join(conditions))


def _make(table: str, *columns: _Column) -> None:
    """A table of records about a record of any kind, kept apart as its group is."""
    op.create_table(
        table,
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record_kind", sa.String(40), nullable=False),
        _line("record_id"),
        sa.Column("ocg_id", sa.String(36)),
        *columns,
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        sa.UniqueConstraint("id", name=f"uq_{table}_id"),
        sa.ForeignKeyConstraint(["ocg_id"], ["ocg.id"], name=f"fk_{table}_ocg_id_ocg"),
    )
    for column in ("record_id", "ocg_id"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _make_disposals() -> None:
    op.create_table(
        "disposal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        _line("record_id"),
        _line("disposed_by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("reason"),
        sa.Column("number", sa.Integer()),
        sa.PrimaryKeyConstraint("seq", name="pk_disposal"),
    )
    op.create_index("ix_disposal_record", "disposal", ["kind", "record_id"])


def _make_drafts() -> None:
    op.create_table(
        "draft",
        _line("person"),
        _line("form"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "form", name="pk_draft"),
    )


def _line(name: str) -> _Column:
    return sa.Column(name, sa.String(200), nullable=False)


def _text(name: str) -> _Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _day(name: str, *, required: bool = False) -> _Column:
    return sa.Column(name, sa.Date(), nullable=not required)
