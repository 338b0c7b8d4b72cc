"""The plan seen as a whole: the matrix, the police share, and what is visibly missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar, Plan

Matrix = dict[tuple[Phase, Pillar], tuple[Intervention, ...]]


class Weight(StrEnum):
    """How much a concern matters."""

    MISSING = "missing"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Concern:
    """Something the plan lacks, in words for its lead."""

    weight: Weight
    sentence: str
    record_id: str = ""


def matrix(interventions: Sequence[Intervention]) -> Matrix:
    """All twelve cells of phase and P, the empty ones too; stopped work stays out."""
    at_work = _not_stopped(interventions)
    return {
        (phase, pillar): tuple(
            each for each in at_work if each.phase == phase and each.pillar == pillar
        )
        for phase in Phase
        for pillar in Pillar
    }


def police_share(interventions: Sequence[Intervention]) -> dict[Phase, float | None]:
    """Share of each phase's interventions that the police lead, 0 to 1; None where there are none.

    Expected to fall from phase to phase as others take over.
    """
    shares: dict[Phase, float | None] = {}
    for phase in Phase:
        led = [each.is_police_led for each in _not_stopped(interventions) if each.phase == phase]
        shares[phase] = sum(led) / len(led) if led else None
    return shares


def concerns(plan: Plan, interventions: Sequence[Intervention]) -> tuple[Concern, ...]:
    """What is missing from the plan, then what is unfinished in it, from day one."""
    at_work = _not_stopped(interventions)
    return (
        *_empty_phases(at_work),
        *_silent_pillars(plan, at_work),
        *_exit(plan, at_work),
        *_vague_objectives(plan),
        *(concern for each in at_work for concern in _loose_ends(each)),
    )


def _not_stopped(interventions: Sequence[Intervention]) -> tuple[Intervention, ...]:
    return tuple(each for each in interventions if each.status != InterventionStatus.STOPPED)


def _empty_phases(at_work: Sequence[Intervention]) -> tuple[Concern, ...]:
    filled = {each.phase for each in at_work}
    return tuple(
        Concern(Weight.MISSING, f"{phase} has no intervention: it is designed from the first day")
        for phase in Phase
        if phase not in filled
    )


def _silent_pillars(plan: Plan, at_work: Sequence[Intervention]) -> tuple[Concern, ...]:
    worked = {each.pillar for each in at_work}
    explained = {entry.pillar for entry in plan.undeveloped}
    aimed = {objective.pillar for objective in plan.objectives}
    silent = tuple(
        Concern(Weight.MISSING, f"{pillar} has no intervention and does not say why")
        for pillar in Pillar
        if pillar not in worked | explained
    )
    aimless = tuple(
        Concern(Weight.UNFINISHED, f"{pillar} has no objective")
        for pillar in Pillar
        if pillar not in aimed | explained
    )
    return silent + aimless


def _exit(plan: Plan, at_work: Sequence[Intervention]) -> tuple[Concern, ...]:
    found = []
    if not plan.exit_strategy:
        found.append(Concern(Weight.MISSING, "The plan has no exit strategy"))
    shares = police_share(at_work)
    clear, build = shares[Phase.CLEAR], shares[Phase.BUILD]
    if clear is not None and build is not None and build > 0 and build >= clear:
        found.append(
            Concern(
                Weight.UNFINISHED,
                f"The police lead {build:.0%} of Build and {clear:.0%} of Clear: nobody takes over",
            )
        )
    return tuple(found)


def _vague_objectives(plan: Plan) -> tuple[Concern, ...]:
    return tuple(
        Concern(
            Weight.UNFINISHED,
            f"The {objective.pillar} objective does not say {', '.join(objective.smart_gaps())}",
        )
        for objective in plan.objectives
        if objective.smart_gaps()
    )


def _loose_ends(each: Intervention) -> tuple[Concern, ...]:
    lacking = [
        name
        for name, value in (
            ("an owner", each.owner),
            ("a due date", each.due_on),
            ("a measure", each.measure),
        )
        if not value
    ]
    if each.is_police_led and each.phase != Phase.CLEAR and not each.handover_to:
        lacking.append("somebody to hand over to")
    if not lacking or not each.status.is_open:
        return ()
    return (Concern(Weight.UNFINISHED, f"{each.title} lacks {', '.join(lacking)}", each.id),)
