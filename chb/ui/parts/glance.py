"""The area at a glance, while no cell is open."""

from __future__ import annotations

import numpy as np
import streamlit as st

from chb.domain.wording import plural
from chb.services.harm.profiling import HarmProfile
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.words import figure, literal, percent
from geo import frames

_TOP_SHARE = 0.03


def show_glance(profile: HarmProfile) -> None:
    """Totals, concentration and coverage of the area."""
    st.subheader(literal(profile.area.name), anchor=False)
    harm = profile.frame[frames.HARM_DAYS].to_numpy(dtype=np.float64)
    n_top = max(1, round(_TOP_SHARE * len(harm)))
    covered = profile.coverage
    show_cards(
        (
            Card("Harm", figure(float(harm.sum())), profile.provenance.harm_unit),
            Card("Incidents", figure(float(profile.frame[frames.COUNT].sum())), _unplaced(profile)),
            Card(
                "In the worst 3% of cells",
                percent(_share_of_top(harm, n_top)),
                f"of the harm, in {plural(n_top, 'cell')} of {len(harm):,}",
            ),
            Card(
                "Months",
                figure(len(covered.present)),
                f"{len(covered.missing)} missing" if covered.missing else "none missing",
            ),
        )
    )
    explain("This area", ("harm_of_area", "worst_cells", "months_loaded"), key="explain_glance")


def _share_of_top(harm: np.ndarray, n_top: int) -> float:
    total = float(harm.sum())
    return float(np.sort(harm)[-n_top:].sum()) / total if total else 0.0


def _unplaced(profile: HarmProfile) -> str:
    if not profile.n_without_location:
        return "all with a location"
    return f"{profile.n_without_location:,} more in the force have no location"
