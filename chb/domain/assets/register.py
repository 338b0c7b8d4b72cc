"""Community assets: what they are, whom they serve, how far the partnership has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self

from chb.domain.assets.ages import check_ages, check_capacity
from chb.domain.assets.outlines import Ring, checked_outline, checked_position, contains
from chb.domain.assets.sessions import Session
from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar
from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_lines, checked_text

LONGEST_NAME: Final = 200
LONGEST_POSTCODE: Final = 10
FARTHEST_REACH_M: Final = 20_000


@dataclass(frozen=True)
class AssetKind:
    """A row of the reference table of kinds."""

    key: str
    label: str
    group: str
    note: str = ""


class AssetStatus(StrEnum):
    """How far the partnership has come with an asset."""

    FOUND = "found"
    CONTACTED = "contacted"
    ENGAGED = "engaged"
    IN_A_PLAN = "in a plan"
    DECLINED = "declined"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Asset(Record):
    """A community asset. The contact is a role, not a private person."""

    name: str
    kind: str
    longitude: float
    latitude: float
    source: str
    source_id: str = ""
    """What the source calls it; empty for what was marked by hand."""
    source_sha256: str = ""
    """Fingerprint of the content it was last read from."""
    address: str = ""
    postcode: str = ""
    contact_role: str = ""
    note: str = ""
    services: tuple[str, ...] = ()
    """What it offers, in words."""
    youngest: int | None = None
    oldest: int | None = None
    cost: str = ""
    """In words, such as "free" or "£2 a session"."""
    access_needs: str = ""
    """Step-free, hearing loop, and the like."""
    capacity: int | None = None
    """People at once."""
    sessions: tuple[Session, ...] = ()
    opening_text: str = ""
    """Hours as the source wrote them, where they could not be read."""
    outline: Ring = ()
    """Corners of an area, (longitude, latitude); the position is a point inside."""
    reach_m: float | None = None
    """Walking distance it serves; None for the default."""
    accepts_referrals: bool | None = None
    ps: tuple[Pillar, ...] = ()
    phases: tuple[Phase, ...] = ()
    status: AssetStatus = AssetStatus.FOUND
    engaged_by: str = ""
    engaged_on: date | None = None
    verified_on: date | None = None
    recorded_at: datetime | None = None
    """When it was first kept."""
    merged_into: str = ""
    """Id of the asset that it turned out to be; it is closed then."""
    is_withdrawn: bool = False
    """Its import was undone: it is not listed, and what was kept of it stays."""

    @property
    def is_open(self) -> bool:
        """Whether it is there to be used."""
        return self.status != AssetStatus.CLOSED and not self.is_withdrawn

    def checked(self) -> Self:
        """The asset as it will be kept; Refusal for what cannot be."""
        checked_position(self.longitude, self.latitude)
        check_ages(self.youngest, self.oldest, what="an asset")
        check_capacity(self.capacity, what="an asset")
        self._check_reach()
        checked = replace(
            self,
            name=checked_asset_name(self.name),
            services=checked_lines(self.services, what="A service"),
            sessions=tuple(session.checked() for session in self.sessions),
            note=checked_text(self.note, what="The note", required=False),
            opening_text=checked_text(
                self.opening_text, what="The hours as written", required=False
            ),
            outline=checked_outline(self.outline),
            ps=tuple(each for each in Pillar if each in self.ps),
            phases=tuple(each for each in Phase if each in self.phases),
            **self._checked_lines(),
        )
        checked._check_inside()
        return checked

    def moved_to(self, longitude: float, latitude: float) -> Self:
        """The asset standing elsewhere, its area moved with it."""
        east, north = longitude - self.longitude, latitude - self.latitude
        outline = tuple((x + east, y + north) for x, y in self.outline)
        return replace(self, longitude=longitude, latitude=latitude, outline=outline)

    def _checked_lines(self) -> dict[str, Any]:
        lines = {
            "source": "The source",
            "address": "The address",
            "contact_role": "The contact",
            "cost": "The cost",
            "access_needs": "The access needs",
            "engaged_by": "Who engaged it",
        }
        checked = {
            name: checked_line(getattr(self, name), what=what, required=False)
            for name, what in lines.items()
        }
        postcode = checked_line(
            self.postcode, what="The postcode", required=False, longest=LONGEST_POSTCODE
        )
        return checked | {"postcode": postcode}

    def _check_reach(self) -> None:
        if self.reach_m is not None and not 0 < self.reach_m <= FARTHEST_REACH_M:
            raise Refusal(
                "The reach of an asset is a walking distance in metres",
                found=f"Found {self.reach_m:,}",
                remedy=f"Give from 1 to {FARTHEST_REACH_M:,} m, or leave it empty",
            )

    def _check_inside(self) -> None:
        if self.outline and not contains(self.outline, (self.longitude, self.latitude)):
            raise Refusal(
                "The position of an asset lies outside its area",
                found=f"Found longitude {self.longitude}, latitude {self.latitude}",
                remedy="Put the pin inside the area, or draw the area again",
            )


@dataclass(frozen=True)
class AssetPin:
    """As much of an asset as a map of thousands shows."""

    id: str
    name: str
    kind: str
    longitude: float
    latitude: float
    status: AssetStatus
    verified_on: date | None = None
    reach_m: float | None = None
    accepts_referrals: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is there to be used."""
        return self.status != AssetStatus.CLOSED


def checked_asset_name(name: str) -> str:
    """The name as it will be kept; Refusal when empty or too long."""
    name = checked_line(name, what="An asset's name", required=False, longest=len(name))
    if not name:
        raise Refusal("An asset needs a name", remedy="Write the name on its door")
    if len(name) > LONGEST_NAME:
        raise Refusal(
            f"An asset's name has at most {LONGEST_NAME} characters",
            found=f"Found {len(name):,}",
            remedy="Shorten the name; the rest belongs in the note",
        )
    return name
