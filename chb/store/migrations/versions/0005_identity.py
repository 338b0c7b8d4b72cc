"""Accounts, sessions and sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_Column = sa.Column[object]


def upgrade() -> None:
    """Make the tables."""
    _make_accounts()
    _make_sessions()
    op.create_table(
        "one_time_link",
        _text("digest", 64),
        _text("work_email", 200),
        _text("made_by", 200),
        _moment("expires_at"),
        _moment("used_at", required=False),
        sa.PrimaryKeyConstraint("digest", name="pk_one_time_link"),
    )
    op.create_table(
        "oidc_attempt",
        _text("state", 64),
        _text("browser", 64),
        _text("nonce", 64),
        _text("verifier", 128),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("state", name="pk_oidc_attempt"),
    )


def _make_accounts() -> None:
    op.create_table(
        "account",
        _text("work_email", 200),
        _text("name", 200),
        _text("kind", 40),
        _text("password_hash", 200),
        _text("subject", 255),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        _moment("locked_until", required=False),
        _text("made_by", 200),
        _moment("made_at"),
        _moment("ended_at", required=False),
        sa.PrimaryKeyConstraint("work_email", name="pk_account"),
    )
    op.create_table(
        "account_role",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("work_email", 200),
        _text("role", 40),
        _text("agency", 200),
        _text("granted_by", 200),
        _moment("granted_at"),
        _moment("ended_at", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_role"),
        sa.ForeignKeyConstraint(
            ["work_email"], ["account.work_email"], name="fk_account_role_work_email_account"
        ),
    )
    op.create_index("ix_account_role_work_email", "account_role", ["work_email"])


def _make_sessions() -> None:
    op.create_table(
        "user_session",
        _text("name", 64),
        _text("work_email", 200),
        _text("mode", 40),
        sa.Column("role", sa.String(40)),
        _moment("made_at"),
        _moment("seen_at"),
        _moment("ended_at", required=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_user_session"),
    )
    op.create_index("ix_user_session_work_email", "user_session", ["work_email"])


def _text(name: str, length: int) -> _Column:
    return sa.Column(name, sa.String(length), nullable=False)


def _moment(name: str, *, required: bool = True) -> _Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)
