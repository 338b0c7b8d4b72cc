"""Who may sign in, who has, and what is under way. No secret is kept, only digests."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from chb.store.tables.base import metadata
from chb.store.types import UtcDateTime

account = Table(
    "account",
    metadata,
    Column("work_email", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("failed_attempts", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    Column("made_by", String(200), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

account_role = Table(
    "account_role",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("work_email", String(200), ForeignKey("account.work_email"), nullable=False, index=True),
    Column("role", String(40), nullable=False),
    Column("agency", String(200), nullable=False),
    Column("granted_by", String(200), nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

user_session = Table(
    "user_session",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("work_email", String(200), nullable=False, index=True),
    Column("mode", String(40), nullable=False),
    Column("role", String(40)),
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("why", Text, nullable=False),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("work_email", String(200), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

oidc_attempt = Table(
    "oidc_attempt",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("browser", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
