"""Saving an edited plan with the reason for it."""

from __future__ import annotations

from chb.domain.planning.plans import Plan
from chb.services.planning import plans
from chb.ui import cache
from chb.ui.parts.forms import save


def save_edited(form: str, edited: Plan, *, by: str, reason: str, notice: str) -> None:
    """Save the plan under the form's key and say so."""

    def work(request_key: str) -> str:
        plans.save_plan(cache.workspace(), edited, by=by, reason=reason, request_key=request_key)
        return notice

    save(form, work)
