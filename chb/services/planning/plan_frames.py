"""The plan under other headings: SARA, SPATIAL, U-Battle."""

from __future__ import annotations

from chb.domain.access.permissions import Permission
from chb.domain.planning.plan_frames import Headings, PlanContent, PlanFrame, headings
from chb.services.access.rules import needs
from chb.services.planning.keeping import existing
from chb.services.workspace import Workspace


@needs(Permission.SEE_OPERATIONS)
def plan_under(ws: Workspace, plan_id: str, frame: PlanFrame) -> Headings:
    """A plan's items under a frame's headings; Refusal when the plan is not there."""
    return headings(plan_content(ws, plan_id), frame)


@needs(Permission.SEE_OPERATIONS, shows="plan")
def plan_content(ws: Workspace, plan_id: str) -> PlanContent:
    """A plan with what is kept about its place or OCG."""
    with ws.reading() as tx:
        records = tx.planner
        plan = existing(records.plans, plan_id)
        subject = {"place_id": plan.place_id} if plan.place_id else {"ocg_id": plan.ocg_id}
        links = records.signal_links.where(**subject)
        return PlanContent(
            plan=plan,
            interventions=records.interventions.where(plan_id=plan.id),
            requirements=records.requirements.where(**subject),
            requests=records.partner_requests.where(**subject),
            signals=records.signals.where(id={link.signal_id for link in links}),
            disruptions=records.disruptions.where(**subject),
            debriefs=records.debriefs.where(**subject),
        )
