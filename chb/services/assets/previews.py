"""What an import of assets would do, row by row, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from chb.domain.assets.register import Asset
from chb.domain.quality import QualityReport


class RowState(StrEnum):
    """What will become of a row."""

    NEW = "new"
    UPDATED = "will be updated"
    UNCHANGED = "unchanged"
    LIKELY_DUPLICATE = "likely duplicate"


class DecisionKind(StrEnum):
    """What a person says of a row that looks like an asset that is there."""

    MERGE = "merge"
    KEEP_APART = "keep apart"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True)
class Decision:
    """What to do with one likely duplicate; ``into_id`` is the asset to merge it into."""

    kind: DecisionKind
    into_id: str = ""


@dataclass(frozen=True)
class LikelyMatch:
    """An asset that a row may be, with the score (0 to 1) and its reason in words.

    It is in the register, or comes with an earlier row of the same list.
    """

    asset: Asset
    """As it was seen; what was changed since is not merged into."""
    score: float
    reason: str
    earlier_row: int | None = None
    """Number of the row in the preview; None for an asset of the register."""

    @property
    def asset_id(self) -> str:
        return self.asset.id

    @property
    def name(self) -> str:
        return self.asset.name


@dataclass(frozen=True)
class PreviewRow:
    """One row that can be kept; ``asset`` is what it will be."""

    number: int
    """In the preview, from 0: decisions are given by it."""
    file_name: str
    line: int
    state: RowState
    asset: Asset
    stored: Asset | None = None
    """What it brings up to date, as it is now."""
    likely: tuple[LikelyMatch, ...] = ()
    """The likeliest first."""
    flags: tuple[str, ...] = ()
    """What a person should look at: hours kept as text, a position by postcode, HTML."""


@dataclass(frozen=True)
class AssetPreview:
    """What was read and what confirming it would do; nothing is stored yet."""

    title: str
    token: str
    """Of the content and of what was said of it: the same list read so again has the same."""
    attribution: str
    report: QualityReport
    rows: tuple[PreviewRow, ...]
    refused: pd.DataFrame = field(repr=False)
    """REFUSED_ROW_COLUMNS: where each refused row stood, its cells, why, and what to do."""

    @property
    def counts(self) -> dict[RowState, int]:
        """Rows that can be kept, by what will become of them; every state is there."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in RowState}

    @property
    def n_refused(self) -> int:
        return len(self.refused)

    @property
    def n_flagged(self) -> int:
        return sum(bool(row.flags) for row in self.rows)

    @property
    def undecided(self) -> tuple[PreviewRow, ...]:
        """Rows that somebody must decide on."""
        return tuple(row for row in self.rows if row.state == RowState.LIKELY_DUPLICATE)

    @property
    def sentence(self) -> str:
        """What confirming will do, in one sentence."""
        counts = self.counts
        return (
            f"{counts[RowState.NEW]:,} new, {counts[RowState.UPDATED]:,} to be updated,"
            f" {counts[RowState.UNCHANGED]:,} unchanged,"
            f" {counts[RowState.LIKELY_DUPLICATE]:,} likely duplicates to decide on,"
            f" {self.n_refused:,} refused"
        )

    def as_frame(self) -> pd.DataFrame:
        """A table of the rows for the screen: text, but for number, line and position."""
        return pd.DataFrame(
            [
                {
                    "row": row.number,
                    "file": row.file_name,
                    "line": row.line,
                    "what": row.state.value,
                    "name": row.asset.name,
                    "kind": row.asset.kind,
                    "address": row.asset.address,
                    "postcode": row.asset.postcode,
                    "longitude": row.asset.longitude,
                    "latitude": row.asset.latitude,
                    "like": "; ".join(f"{each.name}: {each.reason}" for each in row.likely),
                    "look at": "; ".join(row.flags),
                }
                for row in self.rows
            ]
        )


def same_for_all(rows: Iterable[PreviewRow], kind: DecisionKind) -> dict[int, Decision]:
    """One decision for many likely duplicates; each is merged into its likeliest match."""
    return {
        row.number: Decision(kind, row.likely[0].asset_id if kind == DecisionKind.MERGE else "")
        for row in rows
        if row.likely
    }
