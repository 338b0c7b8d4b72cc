"""What is loaded and how old it is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.wording import plural
from chb.services.loading import catalogue
from chb.services.loading.coverage import ForceCoverage, force_coverage
from chb.services.loading.freshness import KindFreshness, freshness
from chb.ui import cache
from chb.ui.parts.allowed import may_here
from chb.ui.parts.data.grid import show_grid
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.notices import show_nothing_loaded
from chb.ui.parts.words import literal

_FIGURES: Final = ("loaded_rows", "freshness", "located_share", "month_gap", "few_rows")


def show_loaded() -> None:
    """Every kind with its age, then the months of each force."""
    ws = cache.workspace()
    show_table(
        ("What", "Edition or months", "Rows", "Standing"),
        map(_row, freshness(ws)),
        name="What is loaded",
    )
    _show_records()
    forces = force_coverage(ws)
    st.subheader("Months by force", anchor=False)
    if forces:
        _show_forces(forces)
    else:
        show_nothing_loaded(has_areas=bool(cache.areas(cache.data_version())))
    explain("What is loaded", _FIGURES, key="explain_loaded")


def _show_forces(forces: tuple[ForceCoverage, ...]) -> None:
    gaps = [f"{force.force}: {', '.join(map(str, force.gaps))}" for force in forces if force.gaps]
    if gaps:
        st.warning(f"Months are missing. {literal('; '.join(gaps))}", icon=":material/warning:")
    show_grid(forces)


def _show_records() -> None:
    """Counts of what is recorded here, of which the person may see."""
    found = catalogue.status(cache.workspace())
    said = [plural(found.n_assets, "asset")]
    if may_here(Permission.SEE_OPERATIONS):
        said.append(f"{plural(found.n_ocg_locations, 'location')} of groups that you may see")
    st.caption(f"Recorded besides: {' and '.join(said)}.")


def _row(kind: KindFreshness) -> tuple[str | Noted, ...]:
    if kind.imported_at is None:
        return kind.label, "", "", Noted("Not loaded", "")
    at = f"imported {kind.imported_at:%d %b %Y}"
    standing = "Look for a newer one" if kind.is_stale else "As it should be"
    return kind.label, Noted(kind.edition, at), f"{kind.rows:,}", Noted(standing, kind.sentence)
