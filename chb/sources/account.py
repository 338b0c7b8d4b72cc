"""Keeping the account of a reading: every row is kept or refused for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from chb.domain.periods import Month
from chb.domain.quality import QualityReport, RefusedRows
from chb.domain.refusal import Refusal
from chb.domain.wording import plural

AnyFrame = TypeVar("AnyFrame", bound=pd.DataFrame)


@dataclass
class Account:
    """What happened to the rows so far. A frame's index is the line each row stands on."""

    kind: str
    source: str
    rows_read: int = 0
    refused: list[RefusedRows] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, *notes: str) -> None:
        """Add notes that are not there yet."""
        self.notes += [note for note in notes if note and note not in self.notes]

    def without(
        self, frame: AnyFrame, bad: ArrayLike, reason: str, *, show: str | None, remedy: str = ""
    ) -> AnyFrame:
        """The frame without its bad rows, which are refused; ``show`` is the column to quote."""
        flags = np.asarray(bad, dtype=bool)
        if not flags.any():
            return frame
        position = int(flags.argmax())
        line = int(frame.index[position])
        self.refused.append(
            RefusedRows(
                reason=reason,
                rows=int(flags.sum()),
                first_row=line,
                example=self._example(frame, position, show),
                remedy=remedy,
            )
        )
        return frame.loc[~flags]

    def without_repeats(self, frame: AnyFrame, column: str, what: str) -> AnyFrame:
        """The frame without the second and later rows of a key."""
        return self.without(
            frame,
            frame[column].duplicated(),
            f"The {what} was given before",
            show=column,
            remedy="Keep one row for each; the first was kept",
        )

    def report(self, *, kept: int, without_location: int = 0, **counts: Any) -> QualityReport:
        """The finished account, of the counts ``tally`` takes; Refusal when no row can be used."""
        found = self.tally(kept=kept, without_location=without_location, **counts)
        if kept + without_location + found.outside_area == 0:
            raise nothing_left(self.source, found.refused)
        return found

    def tally(
        self,
        *,
        kept: int,
        without_location: int = 0,
        outside_area: int = 0,
        repeated_ids: int = 0,
        months: tuple[tuple[Month, ...], tuple[Month, ...]] = ((), ()),
    ) -> QualityReport:
        """The finished account, even of a list none of whose rows can be used."""
        return QualityReport(
            kind=self.kind,
            source=self.source,
            rows_read=self.rows_read,
            kept=kept,
            without_location=without_location,
            outside_area=outside_area,
            refused=merged(self.refused),
            repeated_ids=repeated_ids,
            months_present=months[0],
            months_missing=months[1],
            notes=tuple(self.notes),
        )

    def _example(self, frame: pd.DataFrame, position: int, show: str | None) -> str:
        line = f"row {int(frame.index[position]):,}"
        if "file_name" in frame.columns:
            line = f"{frame['file_name'].iloc[position]}, {line}"
        if show is None:
            return line
        return f"{line}: {show.replace('_', ' ')} {str(frame[show].iloc[position])[:80]!r}"


def merged(refused: Iterable[RefusedRows]) -> tuple[RefusedRows, ...]:
    """One entry a reason, with the first example and the rows of all."""
    by_reason: dict[str, RefusedRows] = {}
    for entry in refused:
        known = by_reason.get(entry.reason)
        rows = entry.rows + (known.rows if known else 0)
        first = known or entry
        by_reason[entry.reason] = RefusedRows(
            entry.reason, rows, first.first_row, first.example, first.remedy
        )
    return tuple(by_reason.values())


def nothing_left(source: str, refused: tuple[RefusedRows, ...]) -> Refusal:
    """The refusal of a whole file none of whose rows could be used."""
    if not refused:
        return Refusal(
            f"{source} has a header and no rows",
            cause="The export was probably filtered to nothing",
            remedy="Export it again with its rows; nothing was imported",
        )
    commonest = max(refused, key=lambda entry: entry.rows)
    rows = sum(entry.rows for entry in refused)
    share = "all of them" if rows == commonest.rows else f"{commonest.rows:,} of them"
    return Refusal(
        f"No row of {source} can be used",
        found=f"{plural(rows, 'row')} refused, {share} for this: {commonest.reason}"
        f" ({commonest.example})",
        remedy=commonest.remedy or "Correct the file and import it again",
    )
