"""The menu of tactics: searching it, and copying a tactic into a plan."""

from __future__ import annotations

from chb.domain.access.permissions import Permission
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar
from chb.domain.planning.tactics import Tactic, TacticHeading, copied, search
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.planning.plans import save_intervention
from chb.services.workspace import Workspace
from chb.sources import planner_reference


def list_tactics() -> tuple[Tactic, ...]:
    """The whole menu, in its order."""
    return planner_reference.tactics()


def search_tactics(
    words: str = "",
    *,
    heading: TacticHeading | None = None,
    pillar: Pillar | None = None,
    phase: Phase | None = None,
) -> tuple[Tactic, ...]:
    """Tactics that hold every word and suit every choice."""
    return search(list_tactics(), words, heading=heading, pillar=pillar, phase=phase)


@needs(Permission.PLAN)
def add_tactic(
    ws: Workspace,
    key: str,
    *,
    plan_id: str,
    phase: Phase,
    lead_agency: str,
    is_police_led: bool,
    by: str,
    request_key: str = "",
) -> Intervention:
    """Copy a tactic into a plan as a proposed intervention, to be edited there."""
    tactic = next((each for each in list_tactics() if each.key == key), None)
    if tactic is None:
        raise Refusal(
            "That tactic is not on the menu",
            found=f"None has the key {key!r}",
            remedy="Search the menu again",
        )
    draft = copied(
        tactic, plan_id=plan_id, phase=phase, lead_agency=lead_agency, is_police_led=is_police_led
    )
    return save_intervention(
        ws, draft, by=by, reason="Added from the menu of tactics", request_key=request_key
    )
