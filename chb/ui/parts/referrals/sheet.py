"""The sheet for front-line officers: on the screen as it will be printed, then to take out."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.assets.ages import OLDEST_AGE
from chb.domain.planning.referral_options import ReferralSheet
from chb.services.assets.referrals import WITHIN_M, SheetQuestion, referral_sheet
from chb.services.exports.preparing import marking_for
from chb.services.exports.products import ExportKind
from chb.services.places.register import place_names
from chb.ui import cache, session
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.referrals.list import show_option_table
from chb.ui.parts.words import literal

_DISTANCES_M: Final = (800.0, WITHIN_M, 5_000.0, 10_000.0)


def show_referral_sheet() -> None:
    """The question, the sheet that answers it, and the way to take it out."""
    if not may_or_is_told(Permission.DISCLOSE):
        return
    names = place_names(cache.workspace())
    if not names:
        st.info("A sheet is for a place, and none is started yet.", icon=":material/flag:")
        return
    question = _ask(names)
    sheet = referral_sheet(cache.workspace(), question)
    offer_download(
        "Take the sheet out",
        lambda: question,
        kind=ExportKind.REFERRAL_SHEET,
        icon=":material/print:",
    )
    with st.container(border=True):
        _show(sheet)


def _ask(names: dict[str, str]) -> SheetQuestion:
    at, far, need, years = st.columns([1.4, 0.9, 1.4, 0.8])
    places, opened = list(names), st.session_state.get(session.PLACE)
    place_id = at.selectbox(
        "Place",
        places,
        index=places.index(opened) if opened in names else 0,
        format_func=lambda each: names[each],
        key="sheet_place",
    )
    within_m = far.selectbox(
        "Assets within",
        _DISTANCES_M,
        index=_DISTANCES_M.index(WITHIN_M),
        format_func=lambda each: f"{each / 1_000:g} km",
        help="In a straight line from the nearest cell of the place.",
        key="sheet_within",
    )
    words = need.text_input("Need", placeholder="Every need", key="sheet_words")
    age = years.number_input("Age", 0, OLDEST_AGE, value=None, step=1, key="sheet_age")
    return SheetQuestion(place_id=place_id, words=words, age=age, within_m=within_m)


def _show(sheet: ReferralSheet) -> None:
    st.markdown(f"**{literal(marking_for(ExportKind.REFERRAL_SHEET).line)}**")
    st.subheader(f"Where to refer: {literal(sheet.place_name)}", anchor=False)
    made = f"Made on {sheet.made_on:%d %B %Y}"
    st.caption(literal("; ".join((made, *sheet.asked))))
    for name, options in (
        ("Pathways", sheet.pathways),
        ("Near the place, accepting referrals", sheet.assets),
    ):
        st.markdown(f"##### {name}")
        if options:
            show_option_table(options, today=sheet.made_on, name=name)
        else:
            st.caption("None was found.")
    explain("The sheet", ("referral_fit", "referral_distance"), key="explain_sheet")
