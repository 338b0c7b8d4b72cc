"""Intelligence requirements and requests to partners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.planning.intelligence import IntelligenceRequirement, PartnerRequest, Reply
from chb.domain.wording import checked_past
from chb.services.access.rules import needs, open_on_record
from chb.services.planning.keeping import save, why_edited
from chb.services.workspace import Workspace


@open_on_record(shows="intelligence requirements")
def list_requirements(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None
) -> tuple[IntelligenceRequirement, ...]:
    """Requirements, open ones first; of one place or OCG when named."""
    with ws.reading() as tx:
        found = tx.planner.requirements.where(**_named(place_id, ocg_id))
    return tuple(sorted(found, key=lambda each: (not each.is_open, each.due_on or date.max)))


@needs(Permission.MANAGE_INTELLIGENCE)
def save_requirement(
    ws: Workspace,
    requirement: IntelligenceRequirement,
    *,
    by: str,
    reason: str = "",
    request_key: str = "",
) -> IntelligenceRequirement:
    """Add a requirement, or save what a person edited and why; its answer is such an edit."""
    if requirement.answered_on is not None:
        checked_past(requirement.answered_on, today=ws.today(), what="The answer")
    return save(
        ws,
        lambda tx: tx.planner.requirements,
        requirement,
        by=by,
        reason=why_edited(requirement, reason, what="a requirement"),
        request_key=request_key,
    )


@open_on_record(shows="requests to partners")
def list_requests(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None
) -> tuple[PartnerRequest, ...]:
    """Requests to partners by the day a reply is due; of one place or OCG when named."""
    with ws.reading() as tx:
        found = tx.planner.partner_requests.where(**_named(place_id, ocg_id))
    return tuple(sorted(found, key=lambda each: each.due_on))


@needs(Permission.MANAGE_INTELLIGENCE)
def save_request(
    ws: Workspace, request: PartnerRequest, *, by: str, reason: str = "", request_key: str = ""
) -> PartnerRequest:
    """Ask a partner, or save what a person edited and why."""
    checked_past(request.asked_on, today=ws.today(), what="The request")
    return save(
        ws,
        lambda tx: tx.planner.partner_requests,
        request,
        by=by,
        reason=why_edited(request, reason, what="a request"),
        request_key=request_key,
    )


@needs(Permission.MANAGE_INTELLIGENCE)
def add_reply(
    ws: Workspace, seen: PartnerRequest, *, reply: Reply, by: str, request_key: str = ""
) -> PartnerRequest:
    """Add a reply to a request as it was seen; earlier replies stay."""
    checked_past(reply.received_on, today=ws.today(), what="The reply")
    edited = replace(seen, replies=(*seen.replies, reply))
    return save_request(ws, edited, by=by, reason="Reply received", request_key=request_key)


def _named(place_id: str | None, ocg_id: str | None) -> dict[str, str]:
    wanted = {"place_id": place_id, "ocg_id": ocg_id}
    return {name: value for name, value in wanted.items() if value is not None}
