"""What a preview and the decisions on its likely duplicates come to: one set of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.refusal import Refusal
from chb.services.assets.batches import BatchChanges
from chb.services.assets.merging import united
from chb.services.assets.previews import (
    AssetPreview,
    Decision,
    DecisionKind,
    LikelyMatch,
    PreviewRow,
    RowState,
)


@dataclass
class Resolution:
    """The changes so far, by the id of the asset that each is about."""

    added: dict[str, Asset] = field(default_factory=dict)
    changed: dict[str, Asset] = field(default_factory=dict)
    merged: dict[str, Asset] = field(default_factory=dict)
    """Rows that are an asset already: kept closed, so that their list is known again."""
    apart: set[frozenset[str]] = field(default_factory=set)
    n_left_out: int = 0

    @property
    def changes(self) -> BatchChanges:
        return BatchChanges(
            added=[*self.added.values(), *self.merged.values()],
            changed=list(self.changed.values()),
        )

    @property
    def n_merged(self) -> int:
        return len(self.merged)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.merged)

    def merge(self, row: PreviewRow, match: LikelyMatch) -> bool:
        """Let the match, or what it was merged into itself, take over the row's asset.

        False when the match is an earlier row that was left out: there is nothing to merge into.
        """
        into = match.asset_id
        while into in self.merged:
            into = self.merged[into].merged_into
        target = self.added.get(into) or self.changed.get(into)
        if target is None and match.earlier_row is not None:
            return False
        kept = self.added if into in self.added else self.changed
        kept[into] = united(target or match.asset, [row.asset])
        self.merged[row.asset.id] = replace(row.asset, status=AssetStatus.CLOSED, merged_into=into)
        return True

    def keep_apart(self, row: PreviewRow) -> None:
        """Add the row's asset, and remember that it is none of those it is like."""
        self.added[row.asset.id] = row.asset
        self.apart |= {
            frozenset({row.asset.id, each.asset_id})
            for each in row.likely
            if each.earlier_row is None or each.asset_id in self.added
        }


def resolved(preview: AssetPreview, decisions: Mapping[int, Decision]) -> Resolution:
    """The changes of a preview; Refusal when a likely duplicate is not decided."""
    _refuse_undecided(preview, decisions)
    plan = Resolution()
    for row in preview.rows:
        if row.state == RowState.NEW:
            plan.added[row.asset.id] = row.asset
        elif row.state == RowState.UPDATED:
            plan.changed[row.asset.id] = row.asset
    for row in preview.undecided:  # in their order: one may be like an earlier one
        _decide(plan, row, decisions[row.number])
    return plan


def _decide(plan: Resolution, row: PreviewRow, decision: Decision) -> None:
    match decision.kind:
        case DecisionKind.LEAVE_OUT:
            plan.n_left_out += 1
        case DecisionKind.KEEP_APART:
            plan.keep_apart(row)
        case DecisionKind.MERGE:
            if not plan.merge(row, _chosen(row, decision)):
                plan.added[row.asset.id] = row.asset


def _chosen(row: PreviewRow, decision: Decision) -> LikelyMatch:
    found = next((each for each in row.likely if each.asset_id == decision.into_id), None)
    if found is None:
        raise Refusal(
            "A row is merged into an asset that it was not compared with",
            found=f"Row {row.line:,}, {row.asset.name!r}",
            remedy="Choose one of the assets that are offered for it",
        )
    return found


def _refuse_undecided(preview: AssetPreview, decisions: Mapping[int, Decision]) -> None:
    left = [row for row in preview.undecided if row.number not in decisions]
    if left:
        raise Refusal(
            f"{len(left):,} rows look like assets that are there and are not decided on",
            found=f"The first is row {left[0].line:,}, {left[0].asset.name!r}:"
            f" {left[0].likely[0].name!r}, {left[0].likely[0].reason}",
            remedy="Merge each, keep it apart, or leave it out; nothing was imported",
        )
