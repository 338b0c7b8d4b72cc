"""How the figures of a plan are computed."""

from __future__ import annotations

from typing import Final

from chb.ui.parts.explained import explain

_FIGURES: Final = ("plan_interventions", "plan_overdue", "police_share")
_RULES: Final = (
    "Work that was stopped is in no figure but the number of interventions.",
    "What the scope of whoever looks does not hold is not counted.",
)


def explain_plan(key: str) -> None:
    """One button for all of them; ``key`` tells the buttons of one page apart."""
    explain("Figures of the plan", _FIGURES, rules=_RULES, key=f"explain_{key}")
