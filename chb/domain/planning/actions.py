"""Actions of every plan in one list, and the questions by which it is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar


@dataclass(frozen=True)
class Action:
    """An intervention beside the place or OCG that its plan is for."""

    intervention: Intervention
    subject_id: str
    subject: str

    @property
    def id(self) -> str:
        return self.intervention.id


@dataclass(frozen=True)
class ActionQuery:
    """What is asked for; a question that is left empty leaves nothing out."""

    subject_id: tuple[str, ...] = ()
    phase: tuple[Phase, ...] = ()
    pillar: tuple[Pillar, ...] = ()
    status: tuple[InterventionStatus, ...] = ()
    owner: tuple[str, ...] = ()
    """Empty words stand for nobody."""
    lead_agency: tuple[str, ...] = ()
    is_overdue: bool = False


@dataclass(frozen=True)
class ActionTally:
    """How many actions there are, and how many of them are open, overdue, and nobody's."""

    n_found: int
    n_open: int
    n_overdue: int
    n_unowned: int


@dataclass(frozen=True)
class ActionList:
    """The actions asked for, the first of them where there are many, and how many there are."""

    actions: tuple[Action, ...]
    tally: ActionTally


@dataclass(frozen=True)
class ActionChoices:
    """What there is to choose from: names of places and groups by id, owners and agencies."""

    subjects: Mapping[str, str]
    owners: tuple[str, ...]
    lead_agencies: tuple[str, ...]
    n_actions: int
