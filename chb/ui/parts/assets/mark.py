"""The short form for an asset: where, what, and one session when it is known.

What stands near is offered first, and a name that stands there already is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final

import streamlit as st

from chb.domain.assets.sessions import Session, Weekday
from chb.services.assets import register as assets
from chb.services.assets.nearby import NearbyAsset, assets_nearby
from chb.services.assets.register import AssetDraft
from chb.ui import cache, session
from chb.ui.maps.elements import Position
from chb.ui.parts.assets.edit import ask_ages, ask_kind, ask_referrals, ask_services
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.position_fields import ask_position, forget_position, position_of, put_position
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal

_FORM: Final = "mark_asset"
_PIN: Final = "mark"
_ALIKE: Final = "assets_alike"
_NO_SESSION: Final = "No session yet"
_MOST_OFFERED: Final = 4
_LEAST_ALIKE: Final = 85.0
"""Of 100: names so alike, so near one another, are asked about before both are kept."""


def put_pin(position: Position) -> None:
    """Where the next asset stands: shown on the map and in the form."""
    put_position(_PIN, position)


def pin_position() -> Position | None:
    """Where the next asset would stand; None while nothing was clicked or typed."""
    return position_of(_PIN)


def show_mark_asset() -> None:
    """The form. A click on the map fills in the position; it can be typed as well."""
    position = pin_position()
    with st.container():
        if position is None:
            st.info("Click the map where the asset stands.", icon=":material/ads_click:")
        else:
            _offer_nearby(position)
    alike: Sequence[NearbyAsset] = st.session_state.get(_ALIKE, ())
    with kept_form(_FORM):
        latitude, longitude = ask_position(_PIN)
        name = kept_line("Name", placeholder="As on its door")
        kind = ask_kind()
        sessions = _ask_session()
        note = kept_area(
            "Note",
            height=70,
            placeholder="What to know of it; no private person",
        )
        more = _ask_more()
        is_another = _ask_about(alike)
        by = ask_author()
        sent = send_button(_FORM, "Save the asset")
    if sent:
        draft = AssetDraft(name, kind, longitude, latitude, note=note, sessions=sessions, **more)
        asked = {each.asset.id for each in alike} if is_another else set()
        save(_FORM, lambda request_key: _mark(draft, asked, by=by, request_key=request_key))


def _mark(draft: AssetDraft, asked: set[str], *, by: str, request_key: str) -> str:
    """Save it, or draw the form again with what stands there under such a name."""
    ws = cache.workspace()
    nearby = assets_nearby(ws, draft.longitude, draft.latitude, name=draft.name)
    alike = [each for each in nearby if each.name_similarity >= _LEAST_ALIKE]
    if any(each.asset.id not in asked for each in alike):
        st.session_state[_ALIKE] = alike
        st.rerun()
    asset = assets.mark_asset(ws, draft, by=by, request_key=request_key)
    st.session_state[_ALIKE] = ()
    forget_position(_PIN)
    return f"{literal(asset.name)} is saved."


def _offer_nearby(position: Position) -> None:
    """What stands there already, nearest first, each with the way to its file."""
    latitude, longitude = position
    nearby = assets_nearby(cache.workspace(), longitude, latitude)
    if not nearby:
        return
    st.caption("Here already? Open it instead.")
    for each in nearby[:_MOST_OFFERED]:
        st.button(
            f"{literal(each.asset.name)}, {each.distance_m:,.0f} m",
            key=f"open_nearby:{each.asset.id}",
            on_click=_open,
            args=(each.asset.id,),
            icon=":material/near_me:",
            type="tertiary",
        )


def _open(asset_id: str) -> None:
    st.session_state[session.ASSET] = asset_id


def _ask_about(alike: Sequence[NearbyAsset]) -> bool:
    """Whether it is another one; asked only once some with such a name were found."""
    if not alike:
        return False
    listed = "\n".join(
        f"- {literal(each.asset.name)}, {each.distance_m:,.0f} m away" for each in alike
    )
    st.warning(
        f"**It is probably in the register already**\n\n{listed}\n\nOpen that one above and "
        "change it, unless it is another.",
        icon=":material/content_copy:",
    )
    asked = "|".join(each.asset.id for each in alike)  # others are asked about anew
    return st.checkbox("It is another one", key=f"another:{asked}")


def _ask_session() -> tuple[Session, ...]:
    weekday = st.selectbox("Weekly session", [_NO_SESSION, *(day.value for day in Weekday)])
    first, second = st.columns(2)
    start = first.time_input("Starts", value=time(18), step=900)
    end = second.time_input("Ends", value=time(20), step=900)
    activity = kept_line("Activity", placeholder="For example: boxing, 11 to 16")
    if weekday == _NO_SESSION:
        return ()
    return (Session(Weekday(weekday), start, end, activity.strip()),)


def _ask_more() -> Mapping[str, Any]:
    """What may be left for later."""
    with st.expander("More, if you know it"):
        services = ask_services("")
        youngest, oldest = ask_ages(None, None)
        accepts = ask_referrals(None)
        texts = {
            "cost": "Cost",
            "access_needs": "Access",
            "contact_role": "Contact",
            "address": "Address",
            "postcode": "Postcode",
        }
        typed = {key: kept_line(label) for key, label in texts.items()}
    return {
        "services": services,
        "youngest": youngest,
        "oldest": oldest,
        "accepts_referrals": accepts,
        **typed,
    }
