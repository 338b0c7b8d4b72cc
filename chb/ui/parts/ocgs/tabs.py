"""The tabs of one group's file: what is known, then what is done about it.

Only the open tab is made; a press on another runs the page's part anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.services.planning.ocg_network import group_network
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.allowed import may_here
from chb.ui.parts.need_to_know import show_need_to_know, show_who_knows
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.ocgs.edit import show_edit_ocg
from chb.ui.parts.ocgs.family import show_family
from chb.ui.parts.ocgs.file import show_business
from chb.ui.parts.ocgs.forms import show_hold_review, show_rescore
from chb.ui.parts.ocgs.history import show_reviews, show_scores
from chb.ui.parts.ocgs.link_form import show_save_link
from chb.ui.parts.ocgs.location_form import show_save_location
from chb.ui.parts.ocgs.locations import show_locations
from chb.ui.parts.ocgs.members import elsewhere, show_members, show_safeguarding
from chb.ui.parts.ocgs.morile import show_import_morile
from chb.ui.parts.ocgs.network import show_network
from chb.ui.parts.ocgs.nominal import show_save_nominal
from chb.ui.parts.ocgs.timeline import show_file_history
from chb.ui.parts.ocgs.versions import show_ocg_versions
from chb.ui.parts.ocgs.work import show_disruptions, show_intelligence, show_plan

Names = Mapping[str, str]
"""Code names by id, of the groups that the person may see."""


def show_file_tabs(file: OcgFile, names: Names) -> None:
    """A tab shows first what is kept, then folds away the form that adds to it."""
    tabs = st.tabs(list(_TABS), key="ocg_tab", on_change="rerun")
    for tab, show in zip(tabs, _TABS.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show(file, names)


def _show_business(file: OcgFile, _names: Names) -> None:
    show_business(file)
    _fold("Edit the group", lambda: show_edit_ocg(file))


def _show_members(file: OcgFile, _names: Names) -> None:
    network = group_network(cache.workspace())
    show_members(file, elsewhere(network.shared, network.codes, file.ocg.id))
    if file.nominals:
        show_family(file)
        show_safeguarding(file)
    _fold("Add or edit a nominal", lambda: show_save_nominal(file))


def _show_links(file: OcgFile, names: Names) -> None:
    network = group_network(cache.workspace()).around(file.ocg.id)
    show_network(network, chosen_id=file.ocg.id, key="how:links")
    _fold("Add or edit a link", lambda: show_save_link(file, names))


def _show_locations(file: OcgFile, _names: Names) -> None:
    show_locations(file, today=cache.workspace().today())
    _fold("Add or edit a location", lambda: show_save_location(file))


def _show_intelligence(file: OcgFile, _names: Names) -> None:
    show_intelligence(file, today=cache.workspace().today())


def _show_disruptions(file: OcgFile, _names: Names) -> None:
    show_disruptions(file)


def _show_plan(file: OcgFile, _names: Names) -> None:
    show_plan(file, today=cache.workspace().today())


def _show_reviews(file: OcgFile, _names: Names) -> None:
    _fold("Record a review", lambda: show_hold_review(file))
    show_reviews(file)


def _show_scores(file: OcgFile, _names: Names) -> None:
    _fold("Score it again", lambda: show_rescore(file))
    _fold("Import a MoRiLE score", lambda: show_import_morile(file))
    show_scores(file)


def _show_who_knows(file: OcgFile, _names: Names) -> None:
    show_who_knows(ocg_id=file.ocg.id)
    _fold("Let somebody in, or end it", lambda: show_need_to_know(ocg_id=file.ocg.id))


def _show_history(file: OcgFile, names: Names) -> None:
    wide, narrow = st.columns([1.2, 1], gap="medium")
    with wide:
        st.subheader("Day by day", anchor=False)
        show_file_history(file)
    with narrow:
        st.subheader("Version by version", anchor=False)
        show_ocg_versions(file, names)


def _fold(label: str, show_form: Callable[[], None]) -> None:
    """A form that is folded away, for those who may send it."""
    if may_here(Permission.MANAGE_OCGS):
        with st.expander(label):
            show_form()


_TABS: Final[Mapping[str, Callable[[OcgFile, Names], None]]] = {
    "Business": _show_business,
    "Members": _show_members,
    "Links": _show_links,
    "Locations": _show_locations,
    "Intelligence": _show_intelligence,
    "Disruptions": _show_disruptions,
    "Plan": _show_plan,
    "Reviews": _show_reviews,
    "Scores": _show_scores,
    "Who knows": _show_who_knows,
    "History": _show_history,
}
