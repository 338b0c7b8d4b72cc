"""What an import found: counts that add up to the rows read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from chb.domain.periods import Month


@dataclass(frozen=True)
class RefusedRows:
    """Rows refused for one reason, with the first of them as the example."""

    reason: str
    rows: int
    first_row: int
    """Line of the first such row in its file, the header being line 1; features count from 1."""
    example: str
    remedy: str = ""


@dataclass(frozen=True)
class QualityReport:
    """The account of one import.

    ``kept + without_location + outside_area + refused_rows == rows_read`` always
    holds: a report that does not add up cannot be made.
    """

    kind: str
    source: str
    rows_read: int
    kept: int
    without_location: int = 0
    outside_area: int = 0
    refused: tuple[RefusedRows, ...] = ()
    repeated_ids: int = 0
    months_present: tuple[Month, ...] = ()
    months_missing: tuple[Month, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        accounted = self.kept + self.without_location + self.outside_area + self.refused_rows
        if accounted != self.rows_read:
            raise ValueError(
                f"{self.source}: {accounted} rows accounted for, {self.rows_read} read"
            )

    @property
    def refused_rows(self) -> int:
        return sum(reason.rows for reason in self.refused)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = asdict(self)
        plain["refused"] = [asdict(reason) for reason in self.refused]
        plain["refused_rows"] = self.refused_rows
        plain["months_present"] = [str(month) for month in self.months_present]
        plain["months_missing"] = [str(month) for month in self.months_missing]
        plain["notes"] = list(self.notes)
        return plain
