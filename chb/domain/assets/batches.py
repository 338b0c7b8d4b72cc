"""Changes of many assets that a person confirmed at once, and can undo at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BatchKind(StrEnum):
    """What was done to many assets together."""

    IMPORT = "import"
    MERGE = "merge"
    CHANGE = "change"


@dataclass(frozen=True, kw_only=True)
class AssetBatch:
    """One confirmed change of many assets: a fact, to which at most its undoing is added."""

    id: str
    kind: BatchKind
    title: str
    by: str
    made_at: datetime
    n_added: int = 0
    n_changed: int = 0
    n_closed: int = 0
    undone_by: str = ""
    undone_at: datetime | None = None

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


@dataclass(frozen=True)
class BatchItem:
    """One asset of a batch, by its versions before (0 where it was new) and after."""

    asset_id: str
    before: int
    after: int
