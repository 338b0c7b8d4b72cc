"""Words for hotspots: what became of one, and what makes one urgent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Succession(StrEnum):
    """What a hotspot is to those of another period."""

    CONTINUES = "continues"
    NEW = "new"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"


@dataclass(frozen=True)
class PriorityComponent:
    """Something a person may weigh when hotspots are ranked: more of it is more urgent."""

    key: str
    label: str
    unit: str
    only_if_chosen: bool = False


PRIORITY_COMPONENTS = (
    PriorityComponent("harm", "harm density", "harm per square kilometre per year"),
    # Without it a single dense cell would come before a town centre.
    PriorityComponent("harm_share", "share of harm", "share of the area's harm"),
    PriorityComponent(
        "persistence", "persistence", "share of months its cells are among the hottest tenth"
    ),
    PriorityComponent("ocg", "OCG influence", "sum of confidence weights"),
    PriorityComponent(
        "asset_gap", "asset gap", "residents per asset within 800 m of its cells, plus one"
    ),
    PriorityComponent("deprivation", "deprivation", "mean score of the residents", True),
)
"""Deprivation never enters a score unless a person says so."""
