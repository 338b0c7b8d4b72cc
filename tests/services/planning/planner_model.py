"""What registers, plans and reviews should be, in plain Python: the simple twin of the services."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from chb.domain.ocgs.bands import Tier
from chb.domain.ocgs.register import Ocg, ReviewKind
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Plan

MONTHS = {Tier.ONE: 1, Tier.TWO: 3, Tier.THREE: 3, Tier.FOUR: 6}


@dataclass
class ModelOcg:
    """A group with what was recorded about it, in the order it was recorded."""

    ocg: Ocg
    scores: list[tuple[date, Tier]] = field(default_factory=list)
    reviews: list[tuple[date, ReviewKind]] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        """When the next scheduled review is due."""
        start, tier = self.ocg.tasked_on, None
        for on, scored in sorted(self.scores, key=lambda score: score[0]):
            if scored != tier:
                start, tier = on, scored
        if tier is None:
            return start
        held = [on for on, kind in self.reviews if kind == ReviewKind.SCHEDULED]
        latest = pd.Timestamp(max([self.ocg.tasked_on, start, *held]))
        return (latest + pd.DateOffset(months=MONTHS[tier])).date()


@dataclass
class PlannerModel:
    """Everything that should be in the store."""

    ocgs: dict[str, ModelOcg] = field(default_factory=dict)
    place_ids: list[str] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    """By the id of the place or group."""
    work: dict[str, Intervention] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)
    """What each decision is about: the id of a plan."""
    left: set[str] = field(default_factory=set)
    versions: dict[str, list[Any]] = field(default_factory=dict)
    """Every version of every record that is edited, by its id."""

    def keep(self, record: Any) -> Any:
        """Note a version that was saved."""
        self.versions.setdefault(record.id, []).append(record)
        return record

    def is_latest(self, record: Any) -> bool:
        return record.version == len(self.versions[record.id])

    def has_code(self, code: str) -> bool:
        return any(each.ocg.code.casefold() == code.casefold() for each in self.ocgs.values())

    @property
    def subjects(self) -> list[tuple[str, dict[str, str]]]:
        """Places and groups as a plan names them."""
        return [
            *((id_, {"place_id": id_}) for id_ in self.place_ids),
            *((id_, {"ocg_id": id_}) for id_ in self.ocgs),
        ]

    def work_of(self, plan: Plan) -> tuple[Intervention, ...]:
        return tuple(each for each in self.work.values() if each.plan_id == plan.id)
