"""The table of retention periods: local policy, edited by the force."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chb.domain.refusal import Refusal
from chb.domain.retention import KeptKind, RetentionRule
from chb.sources.planner_reference import read_table
from chb.sources.reference import REFERENCE_FOLDER


@cache
def retention_rules(folder: Path = REFERENCE_FOLDER) -> dict[KeptKind, RetentionRule]:
    """The period of every kind; Refusal for a table that is not whole, or lacks a kind."""
    file = folder / "retention.csv"
    rules = read_table(
        file, lambda row: RetentionRule(KeptKind(row["kind"]), int(row["years"]), row["note"])
    )
    by_kind = {rule.kind: rule for rule in rules}
    missing = [kind.value for kind in KeptKind if kind not in by_kind]
    if missing or len(by_kind) < len(rules):
        raise Refusal(
            f"The reference table {file.name} needs one row for each kind",
            found=f"Missing: {', '.join(missing)}" if missing else "A kind is there twice",
            remedy="Add the row, or take the second one out",
        )
    return by_kind
