"""Why actions could not be changed, one by one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chb.domain.planning.bulk import RefusedAction
from chb.ui.parts.words import literal


def show_refused(refused: Iterable[RefusedAction]) -> None:
    """Each action that was in the way of the others, and why; nothing where there is none."""
    lines = [f"- {_line(each)}" for each in refused]
    if lines:
        st.error("\n".join(lines))
        st.caption("The list shows them as they are now; what was typed is still in the form.")


def _line(each: RefusedAction) -> str:
    refusal = each.refusal
    told = (refusal.wrong, refusal.found, refusal.cause, refusal.remedy)
    reasons = ". ".join(literal(part) for part in told if part)
    return f"**{literal(each.title)}**: {reasons}"
