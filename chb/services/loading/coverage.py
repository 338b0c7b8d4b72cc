"""Which months of which force are loaded, how many rows each has, and how many are on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from chb.domain.periods import Month, Period
from chb.services.access.rules import open_to_all
from chb.services.harm.incidents import incident_entries, month_of
from chb.services.workspace import Workspace

_POSITION = "longitude"


@dataclass(frozen=True)
class MonthCoverage:
    """One month of one force."""

    rows: int
    located: int
    """Rows with a position; the others count in totals and are on no map."""


@dataclass(frozen=True)
class ForceCoverage:
    """What one force has loaded, by month."""

    force: str
    is_sample: bool
    months: Mapping[Month, MonthCoverage]

    @property
    def period(self) -> Period:
        """From its first month to its last, whatever is missing between."""
        return Period(min(self.months), max(self.months))

    @property
    def gaps(self) -> tuple[Month, ...]:
        """Months missing between its first and its last."""
        return tuple(month for month in self.period if month not in self.months)

    @property
    def rows(self) -> int:
        return sum(month.rows for month in self.months.values())

    @property
    def located_share(self) -> float:
        """Share of the rows with a position, 0 to 1."""
        return sum(month.located for month in self.months.values()) / max(1, self.rows)


@open_to_all
def force_coverage(ws: Workspace) -> tuple[ForceCoverage, ...]:
    """Every force with incidents, by name: open data, and so for everybody."""
    months: dict[tuple[str, bool], dict[Month, MonthCoverage]] = defaultdict(dict)
    with ws.reading() as tx:
        for entry in incident_entries(tx):
            of_force = months[str(entry.details["force"]), entry.is_sample]
            located = entry.n_rows - _n_blank(tx.frames.path(entry))
            of_force[month_of(entry)] = MonthCoverage(entry.n_rows, located)
    return tuple(
        ForceCoverage(force, is_sample, of_force)
        for (force, is_sample), of_force in sorted(months.items())
    )


@lru_cache(maxsize=4096)
def _n_blank(path: Path) -> int:
    """Rows without a position, from the file's own summary: a file's name is its content."""
    summary = pq.read_metadata(path)
    names = [summary.schema.column(at).name for at in range(summary.num_columns)]
    at = names.index(_POSITION)
    groups = (summary.row_group(number) for number in range(summary.num_row_groups))
    return sum(group.column(at).statistics.null_count for group in groups)
