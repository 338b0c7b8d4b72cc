"""The edit form of an asset: all that is recorded save its sessions and where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.assets.ages import MOST_PEOPLE, OLDEST_AGE
from chb.domain.assets.register import FARTHEST_REACH_M, Asset, AssetStatus
from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar
from chb.ui import cache
from chb.ui.parts.assets.saving import save_edited
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_reason
from chb.ui.parts.sending import as_shown, send_button

_STATUSES: Final[list[AssetStatus]] = list(AssetStatus)
_ANSWERS: Final = {True: "Yes", False: "No"}
_PILLARS: Final = (Pillar.PREVENT, Pillar.PROTECT, Pillar.PREPARE)
"""What an asset is asked for; one that came with Pursue keeps it."""


def show_asset_edit(asset: Asset) -> None:
    """The form; what was typed and not sent is put back after a reload."""
    form = f"asset:{asset.id}"
    seen = as_shown(form, asset)
    with kept_form(form):
        edited = _ask_what(asset, seen)
        edited = _ask_whom(asset, edited)
        edited = _ask_work(asset, edited)
        note = kept_area("Note", value=asset.note, height=90)
        reason = ask_reason(asset)
        by = ask_author()
        sent = send_button(form, "Save the asset")
    if sent:
        changed = replace(edited, note=note)
        save(
            form,
            lambda request_key: save_edited(changed, by=by, reason=reason, request_key=request_key),
        )


def ask_kind(current: str = "") -> str:
    """One kind of the reference table."""
    labels = {kind.key: kind.label for kind in cache.asset_kinds()}
    keys = list(labels)
    at = keys.index(current) if current in labels else 0
    return st.selectbox("Kind", keys, index=at, format_func=lambda key: labels[key])


def ask_ages(youngest: int | None, oldest: int | None) -> tuple[int | None, int | None]:
    """An age band in whole years, either end of it open."""
    first, last = st.columns(2)
    return (
        first.number_input("Youngest", 0, OLDEST_AGE, value=youngest),
        last.number_input("Oldest", 0, OLDEST_AGE, value=oldest),
    )


def ask_referrals(accepts: bool | None) -> bool | None:
    """Yes, no, or not known."""
    answers = list(_ANSWERS)
    return st.selectbox(
        "Accepts referrals",
        answers,
        index=None if accepts is None else answers.index(accepts),
        format_func=_ANSWERS.__getitem__,
        placeholder="Not known",
    )


def ask_services(services: str) -> tuple[str, ...]:
    """What it offers, a line for each."""
    typed = kept_area(
        "Services", value=services, height=80, placeholder="What it offers, one on each line"
    )
    return tuple(line for line in typed.splitlines() if line.strip())


def _ask_what(present: Asset, edited: Asset) -> Asset:
    name = kept_line("Name of the asset", value=present.name)
    what, status = st.columns(2)
    with what:
        kind = ask_kind(present.kind)
    how_far = status.selectbox(
        "Status",
        _STATUSES,
        index=_STATUSES.index(present.status),
        format_func=str.capitalize,
    )
    address = kept_line("Address", value=present.address)
    near, whom = st.columns([1, 2])
    postcode = kept_line("Postcode", column=near, value=present.postcode)
    contact = kept_line(
        "Contact",
        column=whom,
        value=present.contact_role,
        placeholder="A role, not a private person",
    )
    return replace(
        edited,
        name=name,
        kind=kind,
        status=how_far,
        address=address,
        postcode=postcode,
        contact_role=contact,
    )


def _ask_whom(present: Asset, edited: Asset) -> Asset:
    services = ask_services("\n".join(present.services))
    youngest, oldest = ask_ages(present.youngest, present.oldest)
    cost = kept_line("Cost", value=present.cost, placeholder="For example free, or £2 a session")
    access = kept_line(
        "Access",
        value=present.access_needs,
        placeholder="For example step-free, hearing loop",
    )
    hours = kept_area("Hours as written", value=present.opening_text, height=68)
    return replace(
        edited,
        services=services,
        youngest=youngest,
        oldest=oldest,
        cost=cost,
        access_needs=access,
        opening_text=hours,
    )


def _ask_work(present: Asset, edited: Asset) -> Asset:
    people, far = st.columns(2)
    capacity = people.number_input("Capacity, people", 1, MOST_PEOPLE, value=present.capacity)
    reach_m = far.number_input(
        "Walking reach, m",
        0.0,
        float(FARTHEST_REACH_M),
        value=present.reach_m,
        step=100.0,
        format="%.0f",
        placeholder="The usual",
    )
    accepts = ask_referrals(present.accepts_referrals)
    pillars = [each for each in Pillar if each in (*_PILLARS, *present.ps)]
    ps = st.multiselect("Serves which Ps", pillars, default=list(present.ps))
    phases = st.multiselect("Serves which phases", list(Phase), default=list(present.phases))
    return replace(
        edited,
        capacity=capacity,
        reach_m=reach_m,
        accepts_referrals=accepts,
        ps=tuple(ps),
        phases=tuple(phases),
    )
