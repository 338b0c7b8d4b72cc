"""Harm as it is shared: bands of coarse cells, never a count of one and never a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BANDS: Final = (
    "lowest fifth of the cells shown",
    "second lowest fifth of the cells shown",
    "middle fifth of the cells shown",
    "second highest fifth of the cells shown",
    "highest fifth of the cells shown",
)
"""An ordinal word for each band from 1 to 5."""


@dataclass(frozen=True, slots=True)
class SharedCell:
    """An H3 cell and its band: 1 is the lowest fifth of the cells shown, 5 the highest."""

    cell: int
    band: int

    @property
    def label(self) -> str:
        return BANDS[self.band - 1]


class PartnerCell(SharedCell):
    """A cell of resolution 9 or coarser."""

    __slots__ = ()


class CommunityCell(SharedCell):
    """A cell of resolution 8 or coarser."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHarm:
    """A map of bands with everything that belongs beside it."""

    area: str
    period: str
    resolution: int
    scheme: str
    n_cells: int
    """Cells of the area, those that are not shown too."""
    total: str
    caveats: tuple[str, ...]
    suppression: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHarm(SharedHarm):
    """What partner agencies are shown of an area's harm."""

    cells: tuple[PartnerCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityHarm(SharedHarm):
    """What any resident may be shown of an area's harm."""

    cells: tuple[CommunityCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHotspot:
    """Cells of the highest band that touch each other; rank 1 has most harm."""

    rank: int
    place: str
    """The nearest place name, ward or LSOA of open maps; no address."""
    cells: tuple[int, ...]
    area_km2: float
    band: int
    stability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHotspots:
    """The hotspots of a shared map, and the map they were read from."""

    harm: PartnerHarm
    hotspots: tuple[PartnerHotspot, ...]


@dataclass(frozen=True, slots=True)
class SharedCount:
    """Incidents of a group of categories in a year; None where the figure is withheld."""

    category: str
    incidents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCategories:
    """The one table of counts that is shared of an area and a calendar year."""

    area: str
    year: int
    rows: tuple[SharedCount, ...]
    total: int | None
    released_on: str
    suppression: str
