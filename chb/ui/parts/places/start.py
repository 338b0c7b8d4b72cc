"""Start a place on the cell or the hotspot whose dossier is open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.places.places import Place
from chb.domain.places.records import BoundaryChange
from chb.services.harm.dossiers import CellDossier
from chb.services.places import register as places
from chb.services.places.overlaps import Overlap, overlaps
from chb.ui import cache, session
from chb.ui.parts.allowed import may_here, may_or_is_told
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.page_links import show_page_link
from chb.ui.parts.words import literal


def show_start_place(dossier: CellDossier, *, area_name: str) -> None:
    """The form for one cell."""
    ask_to_start(f"start_place:{dossier.cell:x}", [dossier.cell], area_name=area_name)


def ask_to_start(
    form: str,
    cells: Sequence[int],
    *,
    area_name: str,
    change: BoundaryChange = BoundaryChange.DRAWN,
) -> None:
    """The form: a local name and a reason; the cells become the first boundary."""
    if not may_or_is_told(Permission.START_PLACES):
        return
    _show_started(form)
    found = overlaps(cache.workspace(), cells)
    with kept_form(form):
        name = kept_line(
            "Local name",
            placeholder="What people there call it",
            help="Some communities refuse the words Clear, Hold, Build: use their own name.",
        )
        reason = kept_area("Why this place, why now", height=90)
        by = ask_author()
        if found:
            st.warning(overlap_words(found, n_cells=len(cells)), icon=":material/join_inner:")
        sent = st.form_submit_button("Start a place here", type="primary")
    st.caption("Clear, Hold and Build all start as planned: they are designed together.")
    if not sent:
        return

    def work(request_key: str) -> str:
        place = places.start_place(
            cache.workspace(),
            name=name,
            cells=cells,
            area_name=area_name,
            reason=reason,
            by=by,
            request_key=request_key,
            change=change,
        )
        st.session_state[session.PLACE] = place.id
        st.session_state[_started(form)] = place
        return f"{literal(place.name)} is started. It is in the list of places."

    save(form, work)


def overlap_words(found: Sequence[Overlap], *, n_cells: int) -> str:
    """In which places the cells lie already, as Markdown."""
    if n_cells == 1:
        names = " and ".join(literal(each.place) for each in found)
        return f"This cell already lies in {names}."
    lies = [
        f"{each.n_cells} of its {n_cells} cells already "
        f"{'lies' if each.n_cells == 1 else 'lie'} in {literal(each.place)}"
        for each in found
    ]
    return f"{'; '.join(lies)}."


def _show_started(form: str) -> None:
    """The way to the place that was started here, until another is chosen."""
    place: Place | None = st.session_state.get(_started(form))
    if place is None or st.session_state.get(session.PLACE) != place.id:
        return
    if may_here(Permission.SEE_OPERATIONS):
        show_page_link("places", f"Open {literal(place.name)}", icon="flag")
    else:
        show_page_link("shared-work", "Open places and work", icon="flag")


def _started(form: str) -> str:
    return f"started:{form}"
