"""An asset offered to a place's plan from the map of gaps: everything filled in, one press."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.views.gaps import Extension, GapsBeside
from chb.services.assets.offering import OFFERED_AS, PlanOffer, offer_to_plan
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.weeks.places import choose_place, places_shown
from chb.ui.parts.words import literal

_FORM: Final = "offer_to_plan"
_TITLE: Final = "What it would do"
_LEVELS: Final = tuple(PreventLevel)


def show_offer(found: GapsBeside) -> None:
    """The form, for those who map assets, where there is an asset and a place."""
    places = places_shown()
    if not found.extensions or not places:
        return
    st.subheader("Offer it to a plan", anchor=False)
    if not may_or_is_told(Permission.MANAGE_ASSETS):
        return
    asset = _choose_asset(found)
    place_id = choose_place(places)
    pillar = _choose_pillar()
    level = _choose_level() if pillar == Pillar.PREVENT else PreventLevel.PRIMARY
    with kept_form(_FORM):
        title = kept_line(_TITLE, _usual_title(asset, found))
        by = ask_author()
        sent = st.form_submit_button("Offer to the plan", type="primary")
    if sent:
        offer = PlanOffer(asset.asset_id, place_id, pillar, title, prevent_level=level)
        save(
            _FORM,
            lambda request_key: _offer(offer, places[place_id], by=by, request_key=request_key),
        )


def _offer(offer: PlanOffer, place: str, *, by: str, request_key: str) -> str:
    made = offer_to_plan(cache.workspace(), offer, by=by, request_key=request_key)
    return (
        f"{literal(made.title)} is proposed to the plan of {literal(place)}, {made.phase}."
        " Those who write plans agree it."
    )


def _choose_asset(found: GapsBeside) -> Extension:
    by_id = {each.asset_id: each for each in found.extensions}
    chosen = st.selectbox(
        "Asset",
        list(by_id),
        key="offer_asset",
        format_func=lambda id_: f"{by_id[id_].rank}. {by_id[id_].title}",
    )
    return by_id[chosen]


def _choose_pillar() -> Pillar:
    return st.segmented_control(
        "As", OFFERED_AS, default=OFFERED_AS[0], required=True, key="offer_pillar"
    )


def _choose_level() -> PreventLevel:
    return st.selectbox(
        "For whom",
        _LEVELS,
        key="offer_level",
        format_func=lambda level: f"{level.value.capitalize()}: {level.meaning}",
    )


def _usual_title(asset: Extension, found: GapsBeside) -> str:
    youngest, oldest = found.ages
    return (
        f"{asset.title} open on {found.weekday} at {found.at:%H:%M} for ages {youngest} to {oldest}"
    )
