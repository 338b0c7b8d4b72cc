"""Places, tasks, signals and assets as they are shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chb.domain.assets.sessions import Session
from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """A phase that may be known to be worked at, and how hard."""

    phase: str
    intensity: str


@dataclass(frozen=True, slots=True)
class PublicMilestone:
    """The next dated step of work that is no secret."""

    wording: str
    due_on: date


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A day by which shared work at a place is due, without what the step is called."""

    place_id: str
    phase: Phase
    pillar: Pillar
    shared_title: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPlace:
    """A place under the title local people use; groups by code, for those who may know them."""

    place_id: str
    title: str
    area: str
    phases: tuple[PhaseShown, ...]
    resolution: int
    cells: tuple[int, ...]
    is_affected: bool
    """Whether organised crime affects it, told to those who convene the partnership."""
    codes: tuple[str, ...]
    milestones: tuple[PublicMilestone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityPlace:
    """A place as any resident may see it: its coarse cells, and how Build goes."""

    title: str
    area: str
    build: str
    resolution: int
    cells: tuple[int, ...]
    milestones: tuple[PublicMilestone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTask:
    """Work of a partner agency, in wording that was made for partners."""

    task_id: str
    wording: str
    place: str
    phase: str
    pillar: str
    lead_agency: str
    status: str
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityTask:
    """Work of Build that anybody may hear of."""

    wording: str
    place: str
    pillar: str
    lead_agency: str
    status: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerWork:
    """Places and tasks as partners are shown them at one moment."""

    places: tuple[PartnerPlace, ...]
    tasks: tuple[PartnerTask, ...]
    """The first of those asked for, what is still to do before what is over."""
    n_tasks: Mapping[str, int]
    """How many there are, by the title of their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityWork:
    """Places and tasks as the community is shown them at one moment."""

    places: tuple[CommunityPlace, ...]
    tasks: tuple[CommunityTask, ...]
    """The first of those asked for, what is still to do before what is over."""
    n_tasks: Mapping[str, int]
    """How many there are, by the title of their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSignal:
    """A signal as its agency sent it: without what the lead officer made of it."""

    signal_id: str
    agency: str
    category: str
    first_day: date
    last_day: date
    area: str
    cells: tuple[int, ...]
    answers: tuple[tuple[str, str], ...]
    """Question and answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityAsset:
    """A community asset: what it is called, what it is, where it stands and when it is open.

    The position is that of a public building, never of an incident or a group.
    """

    title: str
    kind: str
    longitude: float
    latitude: float
    sessions: tuple[Session, ...]
