"""Unmet need as it is shared: from bands, with no place to put a figure of harm.

Officers' maps are other types, made of these, with harm beside each cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chb.domain.assets.sessions import Weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCell:
    """A cell at the asked hour. Need and gap share one unit, which has no meaning of its own."""

    cell: int
    residents: float | None
    """Of the ages asked about; None where no population is loaded."""
    need: float
    provision: float
    """Sessions of usual size within walking distance, open then to those ages."""
    gap: float
    """Need that is not met, from nought to the need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandGapCell(GapCell):
    """A cell as partners see it: the band of the partner view, from which its need comes."""

    band: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCell:
    """One of the cells with most unmet need; rank 1 has most."""

    rank: int
    cell: int
    place: str
    """The nearest place name, ward or LSOA of open maps; empty where none is loaded."""
    gap: float
    share_of_gap: float
    n_within_reach: int
    """Assets of the kinds asked about within walking distance, open or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One more session at an asset that is there: what it closes after those before it."""

    rank: int
    asset_id: str
    title: str
    """What the asset is called."""
    kind: str
    closes: float
    share_of_gap: float
    """Of the whole gap before any of them."""
    n_cells: int
    residents: float | None
    """Of the ages, in the cells that it helps."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsBeside:
    """Everything that belongs beside a map of unmet need."""

    area: str
    period: str
    scheme: str
    resolution: int
    ages: tuple[int, int]
    weekday: Weekday
    at: time
    walking_m: float
    n_assets: int
    """Open assets of the kinds asked about within reach of any cell."""
    n_in_session: int
    """Those with a session at that hour for those ages."""
    need: float
    gap: float
    worst: tuple[WorstCell, ...]
    extensions: tuple[Extension, ...]
    choices: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def share_met(self) -> float:
        """Share of the need that is met, 0 to 1; 1 where there is no need."""
        return 1 - self.gap / self.need if self.need else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerGapMap(GapsBeside):
    """Unmet need as partners see it: cells that are not shared are not there."""

    cells: tuple[BandGapCell, ...]
