"""The tables, as SQLAlchemy sees them, one module a subject; migrations make them.

A module that is not gathered here is not part of the schema.
"""

from __future__ import annotations

from typing import Final

from chb.store.tables import (
    assets,
    audit,
    decisions,
    drafts,
    frames,
    gates,
    home,
    identity,
    intelligence,
    locations,
    need_to_know,
    ocg_register,
    partnership,
    people,
    places,
    plans,
    records,
    requests,
    retention,
)
from chb.store.tables.base import metadata

HEAD: Final = "0011"
"""Newest migration. A test holds it equal to what Alembic finds."""

SUBJECTS: Final = (
    assets,
    audit,
    decisions,
    drafts,
    frames,
    gates,
    home,
    identity,
    intelligence,
    locations,
    need_to_know,
    ocg_register,
    partnership,
    people,
    places,
    plans,
    records,
    requests,
    retention,
)

__all__ = ["HEAD", "SUBJECTS", "metadata"]
