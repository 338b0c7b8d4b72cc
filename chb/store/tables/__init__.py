"""The tables, as SQLAlchemy sees them, one module a subject; migrations make them.

A module that is not gathered here is not part of the schema.
"""

from __future__ import annotations

from typing import Final

from chb.store.tables import (
    assets,
    decisions,
    frames,
    gates,
    intelligence,
    locations,
    ocg_register,
    partnership,
    people,
    places,
    plans,
    records,
    requests,
)
from chb.store.tables.base import metadata

HEAD: Final = "0003"
"""Newest migration. A test holds it equal to what Alembic finds."""

SUBJECTS: Final = (
    assets,
    decisions,
    frames,
    gates,
    intelligence,
    locations,
    ocg_register,
    partnership,
    people,
    places,
    plans,
    records,
    requests,
)

__all__ = ["HEAD", "SUBJECTS", "metadata"]
