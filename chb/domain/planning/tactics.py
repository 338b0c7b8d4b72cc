"""The menu of tactics: options to copy into a plan, and the search over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.refusal import Refusal


class TacticHeading(StrEnum):
    """Seven headings for Pursue, then one for each other P."""

    VEHICLES = "Vehicles"
    BUSINESS = "Business"
    CRIMINALITY = "Criminality"
    LIFESTYLE = "Lifestyle"
    TRAVEL = "Travel"
    BEHAVIOUR = "Behaviour"
    ENABLERS = "Enablers"
    PREVENT = "Prevent"
    PROTECT = "Protect"
    PREPARE = "Prepare"


@dataclass(frozen=True)
class Tactic:
    """One row of the menu."""

    key: str
    heading: TacticHeading
    pillar: Pillar
    prevent_level: PreventLevel | None
    what: str
    power_or_agency: str
    phases: tuple[Phase, ...]
    note: str
    source_section: str


def search(
    tactics: Iterable[Tactic],
    words: str = "",
    *,
    heading: TacticHeading | None = None,
    pillar: Pillar | None = None,
    phase: Phase | None = None,
) -> tuple[Tactic, ...]:
    """The tactics that hold every word and suit every choice, in the menu's order."""
    wanted = words.casefold().split()
    return tuple(
        tactic
        for tactic in tactics
        if (heading is None or tactic.heading == heading)
        and (pillar is None or tactic.pillar == pillar)
        and (phase is None or phase in tactic.phases)
        and all(word in _text(tactic) for word in wanted)
    )


def copied(
    tactic: Tactic, *, plan_id: str, phase: Phase, lead_agency: str, is_police_led: bool
) -> Intervention:
    """A new intervention that starts from the tactic; later edits do not touch the menu."""
    if phase not in tactic.phases:
        raise Refusal(
            f"This tactic is not meant for {phase}",
            found=f"{tactic.what}: suits {', '.join(tactic.phases)}",
            remedy="Choose one of these phases, or write an intervention of your own",
        )
    return Intervention(
        plan_id=plan_id,
        title=tactic.what,
        phase=phase,
        pillar=tactic.pillar,
        prevent_level=tactic.prevent_level,
        lead_agency=lead_agency,
        is_police_led=is_police_led,
        detail=f"{tactic.note}\nPower or agency: {tactic.power_or_agency}".strip(),
        tactic_key=tactic.key,
    )


def _text(tactic: Tactic) -> str:
    parts = (tactic.what, tactic.power_or_agency, tactic.note, tactic.heading, tactic.pillar)
    return " ".join(parts).casefold()
